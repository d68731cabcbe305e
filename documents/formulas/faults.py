"""Why bytes are not taken. The sentences stand in `documents.actions.check`."""

from enum import StrEnum


class Fault(StrEnum):
    """One reason each, because each has its own advice."""

    UNKNOWN = "unknown"  # none of the types that are taken
    HEIC = "heic"  # an iPhone's own picture format
    OLD_OFFICE = "old_office"  # .doc, .xls, .ppt, or an Office file under a password
    ARCHIVE = "archive"  # a ZIP that is no Office document, or one that carries programs
    MACROS = "macros"
    BOMB = "bomb"  # unpacks to far more than it says
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    SCRIPT = "script"
    LAUNCH = "launch"
    ATTACHMENT = "attachment"  # a file inside a PDF that is no signature
    COMPLEX = "complex"  # too many parts to look through
    PIXELS = "pixels"
    HEAVY = "heavy"  # pictures that do not fit into one PDF


class Unacceptable(Exception):
    """These bytes are not taken, for one `fault`; `place` says which one of several files is meant, from 0."""

    def __init__(self, fault: Fault, place: int | None = None) -> None:
        super().__init__(str(fault))
        self.fault, self.place = fault, place
