"""What any such script pays before it reads a byte."""

import pandas
import sklearn.utils.class_weight

print(pandas.__version__, sklearn.__version__)
