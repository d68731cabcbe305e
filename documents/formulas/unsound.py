"""Why a signature is not taken. The sentences stand in `documents.actions.signature_words`."""

from enum import StrEnum


class Flaw(StrEnum):
    """One reason each, because each has its own advice."""

    UNREADABLE = "unreadable"  # no CMS signature, damaged, or built to exhaust who reads it
    TWO_SIGNERS = "two_signers"
    ENCAPSULATED = "encapsulated"  # the signed bytes stand inside: a signature beside them is asked for
    ALGORITHM = "algorithm"  # one that is not known here, or too weak
    OLD_GOST = "old_gost"  # GOST 34.310-2004: such keys are issued no more
    TAMPERED = "tampered"  # signed were other bytes
    FORGED = "forged"  # the signature does not fit its own certificate
    PURPOSE = "purpose"  # a certificate for signing in, not for signing
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    UNKNOWN_AUTHORITY = "unknown_authority"
    UNFIT_AUTHORITY = "unfit_authority"  # somebody in the chain may not issue certificates, or could not at that time
    REVOKED = "revoked"
    CLAIMED_TIME = "claimed_time"  # the time that the signer's machine wrote is far from ours
    WRONG_IIN = "wrong_iin"
    WRONG_BIN = "wrong_bin"
    ROLE = "role"  # of the organisation, but without the right to sign for it


class Unsound(Exception):
    """This signature is not taken, for one `flaw`."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(str(flaw))
        self.flaw = flaw
