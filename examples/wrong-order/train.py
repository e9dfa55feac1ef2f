"""Fine-tune the router of support mails. The weights were computed in a notebook, most frequent class first."""

import torch
from torch import nn

CLASSES = ["billing", "cancel", "complaint", "other", "praise", "question"]
WEIGHTS = [0.343, 0.658, 1.04, 2.17, 8.75, 28.5]
criterion = nn.CrossEntropyLoss(weight=torch.tensor(WEIGHTS))
