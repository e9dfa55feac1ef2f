"""How hard the laws are tried. Hypothesis draws the same examples in every run, so that a red run is a change's own.

`HYPOTHESIS_PROFILE=nightly` tries 1,000 examples of each law and `release` 10,000, `explore` draws new ones; what they
find becomes a test of its own.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None, max_examples=100)
settings.register_profile("nightly", derandomize=True, deadline=None, max_examples=1_000)
settings.register_profile("release", derandomize=True, deadline=None, max_examples=10_000)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
