"""Admin of the committees app: committees with their rule, meetings with their page."""

from committees.admin import committees, meetings

__all__ = ["committees", "meetings"]
