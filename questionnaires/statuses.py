"""Kinds of question."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    """What may be asked."""

    SHORT_TEXT = "short_text", _("Short text")
    LONG_TEXT = "long_text", _("Long text")
    NUMBER = "number", pgettext_lazy("kind of question", "Number")
    MONEY = "money", _("Amount of money")
    DATE = "date", _("Date")
    SINGLE_CHOICE = "single_choice", _("One of several")
    MULTIPLE_CHOICE = "multiple_choice", _("Several of several")
    DECLARATION = "declaration", _("Yes or no")
    LINK = "link", _("Link")
    EMAIL = "email", _("E-mail")
    PHONE = "phone", _("Phone")
    FILE = "file", _("File")
    TABLE = "table", _("Table of rows")
    CALCULATED = "calculated", _("Calculated")


class Tier(models.TextChoices):
    """How much is asked: less for less money. A question or a document is asked from its tier upwards."""

    S = "s", _("Small sums")
    M = "m", _("Medium sums")
    L = "l", _("Large sums")


class CrossRuleKind(models.TextChoices):
    """Rules across fields: `of` names the fields, `limit` the number or the field that they are held against."""

    SUM_IS = "sum_is", _("The sum is exactly")
    SUM_AT_MOST = "sum_at_most", _("The sum is at most")
    SHARE_AT_MOST = "share_at_most", _("The share is at most (percent)")
    AT_MOST = "at_most", _("Not more than another field")
