"""What a refused signature says to who sent it: what happened, and what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.refusals import Refused
from documents.formulas.unsound import Flaw

SENTENCES = {
    Flaw.UNREADABLE: gettext_lazy(
        "This is no electronic signature that we can read. Choose the file that the signing program made "
        "(.cms, .p7s or .sig), or sign again."
    ),
    Flaw.TWO_SIGNERS: gettext_lazy(
        "Two people signed in this one file. Each person signs in a file of their own: sign again, alone."
    ),
    Flaw.ENCAPSULATED: gettext_lazy(
        "This file holds the document inside the signature. Sign again and choose a detached signature, without the "
        "document."
    ),
    Flaw.ALGORITHM: gettext_lazy(
        "This signature was made in a way that we cannot check, or that is too weak. Sign with a key of the national "
        "authority (GOST or RSA) that is in force today."
    ),
    Flaw.OLD_GOST: gettext_lazy(
        "This key is of the old standard GOST 34.310-2004, which is issued no more. Get a new key at the national "
        "authority and sign again."
    ),
    Flaw.TAMPERED: gettext_lazy(
        "What was signed is not this document: at least one byte differs. Download the document here once more, do not "
        "save it in another program, and sign that file."
    ),
    Flaw.FORGED: gettext_lazy(
        "The signature does not fit the certificate inside it: the file was changed or damaged. Sign again."
    ),
    Flaw.PURPOSE: gettext_lazy(
        "This key is for signing in, not for signing documents. Sign with your other key; the name of its file begins "
        "with GOST or RSA, not with AUTH."
    ),
    Flaw.EXPIRED: gettext_lazy(
        "The certificate of this key is over. Get a new key at the national authority and sign again."
    ),
    Flaw.NOT_YET_VALID: gettext_lazy(
        "The certificate of this key is not in force yet. Sign again from the day when it begins."
    ),
    Flaw.UNKNOWN_AUTHORITY: gettext_lazy(
        "We do not know the authority that issued this certificate. Sign with a key of the national authority."
    ),
    Flaw.UNFIT_AUTHORITY: gettext_lazy(
        "Who issued this certificate had no right to issue it, or not any more. Sign with a key of the national "
        "authority."
    ),
    Flaw.REVOKED: gettext_lazy(
        "The certificate of this key was revoked. Get a new key at the national authority and sign again."
    ),
    Flaw.CLAIMED_TIME: gettext_lazy(
        "The time in this signature is far from the time here. Set the clock of your device and sign again."
    ),
    Flaw.WRONG_IIN: gettext_lazy(
        "The key belongs to a person with another IIN than the one who has to sign here. Sign with your own key, and "
        "check the IIN in your account."
    ),
    Flaw.WRONG_BIN: gettext_lazy(
        "The key is not of the one who has to sign here: its BIN is another one. An organisation signs with its own "
        "key, a person or a sole proprietor with the key of a person."
    ),
    Flaw.ROLE: gettext_lazy(
        "This key of your organisation does not give the right to sign for it. The head signs, or a person whose "
        "certificate says that they have the right to sign."
    ),
}


def refusal_of(flaw: Flaw) -> Refused:
    """The sentence for a flaw, and the reassurance that ends each of them."""
    reassurance = _("Nothing was signed, and nothing was lost.")
    return Refused(f"{SENTENCES[flaw]} {reassurance}", code=str(flaw))
