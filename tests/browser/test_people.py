"""The pages of joining, minors and help on a phone: nothing wider than the screen, no fault that axe finds.

In three languages, light and dark.
"""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from accounts.actions.access import ask_access
from accounts.actions.invitations import invite
from grants.actions.help import answer_help, ask_help
from grants.actions.minors import say_minor
from tests.browser.steps import PHONE, Walk
from tests.factories import add_member, make_bin, make_call, make_draft, make_organisation, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "«Сарыарқа Креатив Ойын Студиясы» жауапкершілігі шектеулі серіктестігі"


class Stage:
    """An organisation with a colleague, an open link and somebody who asks; a team's draft with a question."""

    def __init__(self) -> None:
        self.owner, self.asker, colleague = (
            make_user(),
            make_user(),
            make_user("long-address@studio-of-games.example.test"),
        )
        self.organisation = make_organisation(self.owner, name=LONG, kind="team", identifier=make_bin(7))
        add_member(self.organisation, colleague, "viewer")
        _row, self.link = invite(self.organisation, role="editor", by=self.owner, email="c@example.test")
        ask_access(self.organisation.identifier, "KZ", words="Я бухгалтер студии.", by=self.asker)
        self.draft = make_draft(self.owner, make_call(allows_minors=True))
        say_minor(self.draft, True, by=self.owner)
        asked = ask_help(self.draft, "project", text="Как назвать проект?", may_look=True, by=self.owner)
        answer_help(asked, answer="Коротко.", by=make_user(roles=["officer"]))

    def pages(self) -> list[tuple[object, str]]:
        """(who, address) in the language that is spoken now."""
        of, draft = [self.organisation.public_id], self.draft.public_id
        colleague = self.organisation.memberships.get(role="viewer").user.public_id
        return [
            (self.owner, reverse("accounts:organisation_members", args=of)),
            (self.owner, reverse("accounts:member_edit", args=[*of, colleague])),
            (self.asker, reverse("accounts:organisation_list")),
            (self.asker, reverse("accounts:organisation_create")),
            (self.asker, reverse("documents:access_prove")),
            (None, reverse("accounts:invitation_open", args=[self.link.rstrip("/").rpartition("/")[2]])),
            (self.owner, reverse("grants:help_ask", args=[draft, "project"])),
            (self.owner, reverse("grants:application_minors", args=[draft])),
        ]


def walk_as(browser, base: str, person, scheme: str) -> Walk:
    context = browser.new_context(viewport=PHONE, color_scheme=scheme)
    if person:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    return Walk(context.new_page(), base)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_fit_a_phone_and_axe_finds_nothing(browser, live_server, scheme):
    stage, faults = Stage(), []
    make_organisation(stage.owner, identifier=make_bin(8))

    for language in ("kk", "ru", "en"):
        walks = {who: walk_as(browser, live_server.url, who, scheme) for who in (stage.owner, stage.asker, None)}
        with override(language):
            for who, address in stage.pages():
                walks[who].open(address)
            taken = walks[stage.asker]
            taken.open(reverse("accounts:organisation_create"))
        taken.page.check("input[name=kind][value=llp]")
        taken.fill(name="ТОО «Другое»", identifier=make_bin(8), head_name="Әлия", head_iin="990101100000")
        for name in ("sector", "district"):
            taken.page.select_option(f"[name={name}]", index=1)
        taken.press("form.stack button[type=submit]")
        assert taken.page.locator("button[value=alone]").count() == 1
        faults += [fault for walk in walks.values() for fault in walk.faults]
        for walk in walks.values():
            walk.page.context.close()

    assert faults == []
