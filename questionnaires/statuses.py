"""Kinds of question."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class QuestionKind(models.TextChoices):
    """What may be asked today; tables, files and calculated fields come with the form builder."""

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
