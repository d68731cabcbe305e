"""Inviting a colleague, giving a member a role, answering who asks to be let in, asking oneself."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.statuses import AccessAnswer, Language, MembershipRole

ROLE_HELP = _("An owner sends and withdraws applications and invites. An editor writes. A viewer reads.")


class InvitationForm(forms.Form):
    """A link for one colleague."""

    role = forms.ChoiceField(
        label=_("What the colleague may do"),
        choices=MembershipRole.choices,
        initial=MembershipRole.EDITOR,
        widget=forms.RadioSelect,
        help_text=ROLE_HELP,
    )
    email = forms.EmailField(
        label=_("E-mail of the colleague"),
        required=False,
        help_text=_("Then the link goes there as a letter. Without it you pass the link on yourself."),
    )
    language = forms.ChoiceField(label=_("Language of the letter"), choices=Language.choices)

    def __init__(self, *args: Any, inviter: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = inviter.language


class RoleForm(forms.Form):
    """Another role for a member."""

    role = forms.ChoiceField(
        label=_("Role"), choices=MembershipRole.choices, widget=forms.RadioSelect, help_text=ROLE_HELP
    )


class AccessAnswerForm(forms.Form):
    """What an owner answers: yes with a role, or no."""

    answer = forms.ChoiceField(choices=AccessAnswer.choices)
    role = forms.ChoiceField(choices=MembershipRole.choices, required=False)


class AccessForm(forms.Form):
    """Who asks to be let in says who they are: that alone, with their name and e-mail, is what the owner reads."""

    words = forms.CharField(
        label=_("Who you are, for the owner"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The owner also sees your name and e-mail. You see nothing about the owner."),
        error_messages={"required": _("Write one sentence about who you are: by it the owner decides.")},
    )
