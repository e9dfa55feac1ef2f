"""Hypothesis draws the same examples in every run, so that a red run is a change's own; `explore` draws new ones.

`HYPOTHESIS_PROFILE=explore make test` looks for new failures; what it finds becomes a test of its own.
"""

import os

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
