"""The editor's desk: questionnaires, sections, questions. Run time never reads these rows."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text import Localized
from questionnaires.statuses import CrossRuleKind, QuestionKind, Tier

KEY = RegexValidator(r"^[a-z][a-z0-9_]*$", _("Small Latin letters, digits and underscores, for example market_size."))


class Questionnaire(models.Model):
    """A set of questions that staff edit and publish as versions."""

    code = models.SlugField(_("code"), unique=True)
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title = Localized(_("Title"))

    class Meta:
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """One phone screen of questions."""

    questionnaire = models.ForeignKey(
        Questionnaire, models.CASCADE, related_name="sections", verbose_name=_("questionnaire")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    title_kk = models.CharField(_("title in Kazakh"), max_length=200)
    title_ru = models.CharField(_("title in Russian"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True)
    title = Localized(_("Title"))

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    """One question with a stable key: answers are kept under it over all versions."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="questions", verbose_name=_("section"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    key = models.CharField(_("key"), max_length=40, validators=[KEY])
    kind = models.CharField(_("kind"), max_length=20, choices=QuestionKind.choices)
    label_kk = models.CharField(_("question in Kazakh"), max_length=300)
    label_ru = models.CharField(_("question in Russian"), max_length=300)
    label_en = models.CharField(_("question in English"), max_length=300, blank=True)
    help_kk = models.CharField(_("help in Kazakh"), max_length=500, blank=True)
    help_ru = models.CharField(_("help in Russian"), max_length=500, blank=True)
    help_en = models.CharField(_("help in English"), max_length=500, blank=True)
    is_required = models.BooleanField(_("required"), default=True)
    from_tier = models.CharField(_("asked from"), max_length=1, choices=Tier.choices, default=Tier.S)
    minimum = models.PositiveBigIntegerField(_("smallest number, or fewest rows"), null=True, blank=True)
    limit = models.PositiveBigIntegerField(_("limit (characters, rows, or the largest number)"), null=True, blank=True)
    choices = models.JSONField(
        _("choices"), default=list, blank=True, help_text=_('A list of {"value": "", "kk": "", "ru": "", "en": ""}.')
    )
    shown_if = models.JSONField(_("shown if"), default=list, blank=True, help_text=_("All must hold; empty: always."))
    columns = models.JSONField(_("columns of the table"), default=list, blank=True)
    formula = models.JSONField(_("formula of a calculated field"), default=dict, blank=True)
    label = Localized(_("Question"))
    help = Localized()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label


class CrossRule(models.Model):
    """A rule across fields of one questionnaire, checked on the server and shown live with the same numbers.

    `of` lists keys (a table's column as `table.column`); `against` is a key, or empty where `limit` is the number.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="cross_rules")
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=CrossRuleKind.choices)
    of = models.JSONField(_("fields"), default=list)
    against = models.CharField(_("held against the field"), max_length=90, blank=True)
    limit = models.PositiveBigIntegerField(_("number"), null=True, blank=True)
    message_kk = models.CharField(_("sentence in Kazakh"), max_length=300)
    message_ru = models.CharField(_("sentence in Russian"), max_length=300)
    message_en = models.CharField(_("sentence in English"), max_length=300, blank=True)
    message = Localized()

    class Meta:
        verbose_name = _("rule across fields")
        verbose_name_plural = _("rules across fields")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.message
