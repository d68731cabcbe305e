"""Who may do what in the grants app; whether the state allows it is the workflow's question."""

from grants.policy.award import *  # noqa: F403
from grants.policy.season import *  # noqa: F403
