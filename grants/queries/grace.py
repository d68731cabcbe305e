"""The grace at closing: whoever had the page that sends open may still send for some minutes, and nobody else.

The page carries a signed stamp: which application, which person, when the page was opened by the server's clock. It is
the proof that the page stood open before the closing time; a stamp of another person, of another application, of a
later moment or with a letter changed proves nothing. How long the grace is stands on the call (`grace_minutes`), on its
public page and beside the button.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing

from core import clock
from grants.models import Application
from grants.statuses import CallStatus

SALT = "grants.grace"


def page_stamp(application: Application, person: Any) -> str:
    """What the page that sends carries, made when it is opened."""
    content = {"application": application.public_id, "person": person.pk, "at": clock.now().timestamp()}
    return signing.dumps(content, salt=SALT)


def grace_ends_at(application: Application) -> datetime:
    """The last moment at which a page that was open in time may send."""
    return application.may_write_until + timedelta(minutes=application.call.grace_minutes)


def is_in_grace(application: Application) -> bool:
    """Whether the clock stands between closing and the end of the grace."""
    is_running = application.may_write_until < clock.now() <= grace_ends_at(application)
    return is_running and application.call.status == CallStatus.PUBLISHED


def opened_in_time(stamp: str, application: Application, person: Any) -> datetime | None:
    """When this person opened the page, if the grace runs now and the stamp proves that it was before closing."""
    if not stamp or not is_in_grace(application):
        return None
    try:
        content = signing.loads(stamp, salt=SALT)
        opened_at = datetime.fromtimestamp(content["at"], tz=UTC)
    except (signing.BadSignature, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    is_theirs = (content.get("application"), content.get("person")) == (application.public_id, person.pk)
    return opened_at if is_theirs and opened_at <= application.may_write_until else None
