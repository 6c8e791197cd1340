"""The shop's own settings, with the static files that a test has collected."""

import os
from pathlib import Path

from inventory_site.settings import *  # noqa: F403 - the point of this file

STATIC_ROOT = Path(os.environ["TEST_STATIC_ROOT"])
WHITENOISE_USE_FINDERS = False
