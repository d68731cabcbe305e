"""A question about a call, and an officer's answer to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from grants.models import CallQuestion

NAMES = {
    "question_kk": _("Question in Kazakh"),
    "question_ru": _("Question in Russian"),
    "question_en": _("Question in English"),
    "answer_kk": _("Answer in Kazakh"),
    "answer_ru": _("Answer in Russian"),
    "answer_en": _("Answer in English"),
}


class AskForm(forms.Form):
    """What a person wants to know about a call."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Write nothing about yourself: question and answer will be read by everybody, without your name."),
    )


class AnswerForm(forms.Form):
    """The question as everybody will read it, and the answer: Kazakh and Russian, English where there is one."""

    def __init__(self, *args: Any, question: CallQuestion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in NAMES.items():
            what, language = name.split("_")
            self.fields[name] = forms.CharField(
                label=label,
                max_length=4000 if what == "answer" else 2000,
                required=language != "en",
                widget=forms.Textarea(attrs={"rows": 5 if what == "answer" else 3, "lang": language}),
            )
            asked = question.text if what == "question" and language == question.language else ""
            self.fields[name].initial = getattr(question, name) or asked
