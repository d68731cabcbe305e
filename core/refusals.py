"""A refusal is an exception that carries the sentence its reader sees."""

from collections.abc import Sequence
from typing import Any

from django.utils.functional import Promise


class Refused(Exception):
    """Something may not happen now. `sentence` says what happened and what to do, in the reader's language.

    Raised by actions and by `core.workflow`; doorways show it (`core.middleware.refusals` is the last of them).
    `code` is for tests and logs and is never shown. `items` lists what has to be mended, where it is several things.
    """

    def __init__(self, sentence: str | Promise, *, code: str = "refused", items: Sequence[str] = ()) -> None:
        super().__init__(str(code))
        self.sentence = sentence
        self.code = code
        self.items = list(items)

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """This person may not do this at all (the state does not matter). Shown with HTTP 403."""


class Overtaken(Refused):
    """Somebody else saved the same field meanwhile: nothing is overwritten, both versions are shown, a person chooses.

    `typed` is what this person typed, `kept` what stands there now, `rev` its revision (0 where it was taken away).
    """

    def __init__(self, sentence: str | Promise, *, typed: Any, kept: Any, rev: int) -> None:
        super().__init__(sentence, code="overtaken")
        self.typed, self.kept, self.rev = typed, kept, rev
