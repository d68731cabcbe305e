"""Ways and results of a signature, and the roles that a certificate gives."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class SignatureWay(models.TextChoices):
    """How a signature came. A scan is read by people alone; the others are checked by the portal."""

    SCAN = "scan", _("Signed on paper, scanned")
    FILE = "file", _("File of an electronic signature")
    NCALAYER = "ncalayer", _("Electronic signature (NCALayer)")


class SignatureResult(models.TextChoices):
    """What the portal found. Nothing at all is «not signed»; an invalid signature is refused and never stored.

    «Valid» is said only where lists of revoked certificates were looked at (a CHECK).
    """

    ATTACHED = "attached", _("Attached, not checked")
    NOT_REVOKED_UNKNOWN = "unrevoked_unknown", _("Valid, revocation not checked")
    VALID = "valid", pgettext_lazy("signature", "Valid")


class SignerRole(models.TextChoices):
    """Who the holder is in the words of the certificate (OIDs 1.2.398.3.3.4.1.*)."""

    PERSON = "person", _("Individual")
    HEAD = "head", _("Head of the organisation")
    RIGHT_TO_SIGN = "right_to_sign", _("Person with the right to sign")
    FINANCE = "finance", _("Person who signs financial papers")
    STAFF = "staff", _("Human resources")
    EMPLOYEE = "employee", _("Employee")
