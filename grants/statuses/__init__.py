"""Every state and choice of the grants app: those of a season, and those of what follows an award."""

from grants.statuses.award import *  # noqa: F403
from grants.statuses.season import *  # noqa: F403
