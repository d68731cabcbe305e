"""A refusal is an exception that carries the sentence its reader sees."""

from django.utils.functional import Promise


class Refused(Exception):
    """Something may not happen now. `sentence` says what happened and what to do, in the reader's language.

    Raised by actions and by `core.workflow`; doorways show it (`core.middleware.refusals` is the last of them).
    `code` is for tests and logs and is never shown.
    """

    def __init__(self, sentence: str | Promise, *, code: str = "refused") -> None:
        super().__init__(str(code))
        self.sentence = sentence
        self.code = code

    def __str__(self) -> str:
        return str(self.sentence)


class NotAllowed(Refused):
    """This person may not do this at all (the state does not matter). Shown with HTTP 403."""
