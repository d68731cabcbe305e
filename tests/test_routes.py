"""Every route x every kind of person, held against the literal tables in `routes_table.py`, `routes_admin.py` and
`routes_awards.py`.

A route that is missing from the table fails the test: whoever adds a page says who may open it.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.actions.access import ask_access
from accounts.actions.bank_accounts import add_bank_account
from accounts.actions.holds import set_hold
from accounts.actions.invitations import invite
from accounts.models import Erasure
from accounts.statuses import MembershipRole
from committees.models import AgendaItem
from core import clock
from core.models import AuditEvent
from documents.models import AccessProof, PartialUpload, VaultEntry
from grants.actions.expenses import add_expenses
from grants.actions.help import ask_help
from grants.actions.rankings import freeze_ranking
from grants.actions.reviews import declare_no_conflict
from grants.actions.signing import sign_by_scan
from grants.actions.translations import translate
from grants.actions.work_acts import make_work_act
from grants.models import Appeal, Call, Conflict, Decision, ExternalCheckRound, GuardianConsent, Submission
from grants.statuses import ApplicationStatus as A
from grants.statuses import ConflictKind
from notifications.models import Message
from questionnaires.models import AnswerFile
from tests import factories as make
from tests import factories_awards as awards
from tests.grants.experts import make_run, offer_to_read
from tests.grants.receipts import award_in_force
from tests.routes_admin import ADMIN as SEASON
from tests.routes_awards import AWARDS
from tests.routes_table import PAGES, PEOPLE

pytestmark = pytest.mark.django_db
ADMIN = SEASON | AWARDS
SITE_PAGES = {"password_change", "password_change_done"}


class World:
    """One of everything, and the addresses of its pages."""

    def __init__(self) -> None:
        self.people = self._people()
        self.call = make.make_call(reviews_needed=1)
        owner = self.people["applicant"]
        self.eligible = make.application_at(A.ELIGIBLE, owner=owner, call=self.call)
        self._members()
        self.draft = make.make_draft(owner, make.make_planned_call())
        self.assignment = make.assign(self.eligible, make.make_expert(self.people["expert"]))
        conflicted = make.make_expert(self.people["conflicted"])
        make.add_member(self.eligible.organisation, conflicted.user, MembershipRole.VIEWER)
        declare_no_conflict(self.assignment, by=self.people["expert"])
        make.score_samples(make.make_sample(self.call), by=self.people["expert"])
        make.review(self.assignment)
        self.act = make_work_act(self.assignment.expert, self.call, by=self.people["officer"])
        self.assigned = make_run(self.call, by=self.people["officer"])
        offer_to_read(self.people["outsider"], by=self.people["officer"])
        translate(self.eligible, {"summary": "Қысқаша"}, language="kk", by=self.people["officer"])
        self.run = freeze_ranking(self.call, by=self.people["secretary"])
        make.decide(self.eligible)
        self.item = AgendaItem.objects.select_related("meeting").get()
        self.draft_call = make.make_draft_call()
        self.vault_entry = VaultEntry.objects.filter(organisation=self.eligible.organisation).first()
        self.upload = PartialUpload.objects.create(user=owner, purpose="x", original_name="a.pdf", size=9)
        self._people_beside()
        self._award(owner)
        self.expense = add_expenses(award_in_force(owner=owner), files=[make.pdf()], by=owner)[0]
        match = ConflictKind.PHONE
        self.match = Conflict.objects.create(person=make.make_user(), application=self.eligible, kind=match)
        set_hold("GR-0", reason="...", by=self.people["administrator"])
        Erasure.objects.create(about="nobody")
        self.browsers = {name: self._browser(name) for name in PEOPLE}

    def _award(self, owner: Any) -> None:
        """A contract that the grantee has signed, of the same organisation in another call."""
        self.contract = awards.make_contract(owner=owner)
        sign_by_scan(self.contract, "grantee", awards.scan(), by=owner)
        self.award = self.contract.award

    def _people_beside(self) -> None:
        """An invitation, a request with proof, a minor with a guardian's paper, a question from a section."""
        owner, organisation = self.people["applicant"], self.eligible.organisation
        where = {"iban": "KZ86125KZT5004100100", "bic": "NBRKKZKX", "bank_name": "ҚР Ұлттық Банкі"}
        add_bank_account(organisation, is_holder_confirmed=True, by=owner, **where)
        self.invitation, _path = invite(organisation, role="viewer", by=owner)
        asked = {"to_staff": True, "words": "Бухгалтер.", "by": self.people["outsider"]}
        self.asked = ask_access(organisation.identifier, "KZ", **asked)[0]
        self.paper = self.eligible.documents.get().document
        self.proof = AccessProof.objects.create(request=self.asked, document=self.paper)
        self.draft.has_minor = True
        self.draft.save(update_fields=["has_minor"])
        facts = {"minor_name": "Жас", "born_on": "2012-05-31", "guardian_name": "Ана", "guardian_phone": "+77011234567"}
        self.appeal = Appeal.objects.create(
            application=self.eligible,
            against="ineligible",
            text="Келіспеймін.",
            document=self.paper,
            made_by=owner,
            due_at=clock.now(),
        )
        self.consent = GuardianConsent.objects.create(
            application=self.eligible, document=self.paper, given_by=owner, **facts
        )
        facts = {"call": self.call, "kind": "tax_debt", "sent": self.paper, "rows": 1}
        self.checks = ExternalCheckRound.objects.create(number=1, made_by=self.people["officer"], **facts)
        self.answer_file = AnswerFile.objects.create(set=self.eligible.answer_set, key="deck", document=self.paper)
        ask_help(self.draft, "project", text="Как?", may_look=True, by=owner)

    def _browser(self, person: str) -> Client:
        """One person's browser, signed in."""
        client = Client()
        if person != "stranger":
            client.force_login(self.people[person])
        return client

    def _people(self) -> dict[str, Any]:
        """Everybody in PEOPLE but the stranger without an account."""
        roles = {"conflicted": "expert"}
        plain = {"applicant", "colleague", "viewer", "outsider"}
        return {
            name: make.make_user(f"{name}@example.test") if name in plain else make.make_staff(roles.get(name, name))
            for name in PEOPLE[1:]
        }

    def _members(self) -> None:
        for name, role in (("colleague", MembershipRole.EDITOR), ("viewer", MembershipRole.VIEWER)):
            make.add_member(self.eligible.organisation, self.people[name], role)

    def arguments(self, name: str) -> list[Any]:
        """What the address of a page needs."""
        draft, eligible, asked = self.draft.public_id, self.eligible, self.assignment.public_id
        if name.startswith(("application_", "correction_")) and name not in ("application_start", "application_list"):
            return [draft, "project"] if name == "application_section" else [draft]
        item = self.item
        by_page = {
            **{page: [item.meeting.public_id] for page in ("meeting", "declare", "vote")},
            **{page: [item.meeting.public_id, item.public_id] for page in ("take_out", "dissent")},
            "minutes": [item.meeting.public_id, "none"],
            "live": ["x" * 32],
            "call_detail": [self.call.public_id],
            "application_start": [self.call.public_id],
            **{name: [self.call.public_id] for name in ("call_before", "call_questions", "call_sample")},
            "data_export_download": ["none"],
            "call_answers": [self.call.public_id],
            "call_rules": [self.call.public_id],
            "call_rules_json": [self.call.public_id, 1],
            "call_ask": [self.call.public_id],
            "appeal_document": [self.appeal.public_id],
            "receipt_check": ["zzzzzzzzzzzzzz"],
            "submission_pdf": [Submission.objects.get(application=eligible).public_id],
            "submission_receipt": [Submission.objects.get(application=eligible).public_id],
            "submission_snapshot": [Submission.objects.get(application=eligible).public_id],
            "document_download": [eligible.documents.get().public_id],
            "answer_file": [self.answer_file.public_id],
            "document_remove": [self.draft.documents.get().public_id],
            "document_reuse": [draft, "deck"],
            "document_join": [draft, "deck"],
            "upload_begin": [draft],
            "upload_finish": [draft],
            "upload_piece": [self.upload.public_id],
            "vault_list": [eligible.organisation.public_id],
            **{f"vault_{verb}": [self.vault_entry.public_id] for verb in ("download", "expiry", "remove")},
            "review_document": [asked, eligible.documents.get().public_id],
            "review_answer_file": [asked, self.answer_file.public_id],
            "review_calibrate": [self.call.public_id],
            **{f"award_{page}": [self.award.public_id] for page in ("detail", "plan", "papers", "contract", "money")},
            "award_paper_file": [self.award.papers.get().public_id],
            "contract_pdf": [self.contract.public_id],
            "contract_scan": [self.contract.public_id, "grantee"],
            "expense_list": [self.award.public_id],
            **{f"expense_{page}": [self.expense.public_id] for page in ("edit", "withdraw", "paper")},
            "expert_invited": ["x" * 43],
            "work_act_pdf": [self.act.public_id],
            "organisation_edit": [eligible.organisation.public_id],
            "bank_account": [eligible.organisation.public_id],
            "organisation_members": [eligible.organisation.public_id],
            "member_edit": [eligible.organisation.public_id, self.people["applicant"].public_id],
            "invitation_take_back": [eligible.organisation.public_id, self.invitation.public_id],
            "invitation_open": ["x" * 43],
            "access_answer": [eligible.organisation.public_id, self.asked.public_id],
            "guardian_paper": [self.consent.public_id],
            "guardian_consent_remove": [self.consent.public_id],
            "help_ask": [draft, "project"],
            "account_reset_password_from_key": ["abc", "set-password"],
        }
        return by_page.get(name, [asked] if name.startswith("review_") and name != "review_list" else [])

    def admin_arguments(self, name: str) -> list[Any]:
        """What an admin page of our own needs."""
        by_page = {
            "accounts_accessrequest_paper": [self.asked.pk, self.proof.pk],
            "grants_application_document": [self.eligible.pk, self.eligible.documents.get().public_id],
            "grants_application_snapshot": [self.eligible.pk, 1],
            "grants_application_next": [],
            **{f"grants_award_{page}": [] for page in ("sample", "exceptions")},
            **{f"grants_award_{verb}": [self.award.pk] for verb in ("agree_plan", "return_plan", "reopen_plan")},
            **{f"grants_award_{verb}": [self.award.pk] for verb in ("make_contract", "void_contract")},
            "grants_award_sign": [self.award.pk, "centre"],
            **{f"grants_award_{verb}_paper": [self.award.papers.get().pk] for verb in ("accept", "return")},
            "grants_contracttemplate_usual": [],
            **{
                f"grants_contracttemplate_{verb}": [self.contract.template_id]
                for verb in ("publish", "copy", "preview")
            },
            **{f"grants_tranche_{page}": ["zzzzzzzzzzzzzz"] for page in ("award", "tax", "hold", "returned")},
            "grants_tranche_step": [0, "approve"],
            "grants_hold_propose": [0],
            "grants_hold_step": [0, "lift"],
            "grants_ledgerentry_reverse": [0],
            "grants_ledgerentry_totals": [],
            "grants_paymentbatch_make": [],
            "grants_paymentbatch_answer": [0],
            "grants_paymentbatch_answer_file": [0],
            "grants_paymentbatch_file": [0, "xlsx"],
            "grants_paymentbatch_payment": ["zzzzzzzzzzzzzz", "paid"],
            "grants_paymentbatch_step": [0, "check"],
            "accounts_bankaccount_check": [0],
            "grants_export_ask_money": [self.call.programme_year_id],
            "grants_export_ask": ["applications"],
            "grants_export_ask_ranking": [self.call.public_id],
            "grants_externalcheckround_file": [self.checks.pk, "sent"],
            "grants_externalcheckround_send": [],
            "grants_extension_call": [],
            "grants_extension_single": [],
            "grants_conflict_declare": [self.eligible.public_id],
            "grants_conflict_keep": [self.match.pk],
            "grants_conflict_lift": [self.match.pk],
            "grants_conflict_look": [],
            "grants_ranking": [self.call.public_id],
            "committees_meeting_act": [self.item.meeting_id, "notice"],
            "committees_meeting_form": [self.item.meeting_id, "observer"],
            "committees_meeting_minutes": [self.item.meeting_id, "none"],
            "grants_agenda_make": [self.item.meeting.public_id],
            "grants_agenda_depart": [self.item.public_id],
            "grants_ranking_file": [self.run.public_id, "inputs"],
            "grants_ranking_freeze": [self.call.public_id],
            "grants_ranking_what_if": [self.call.public_id],
            "grants_ranking_what_if_remove": [self.call.public_id],
            "grants_rules_propose": [self.call.public_id],
            "grants_rules_confirm": [self.call.public_id],
            "grants_decision_stage": [self.eligible.public_id, "award"],
            "grants_decision_stage_as_ranked": [self.call.public_id],
            "grants_decision_release": [self.call.public_id],
            "grants_decision_turn_down": [self.call.public_id],
            "grants_call_turn_down": [self.draft_call.pk, "publish_call"],
            "grants_extension_confirm": [self.draft.public_id],
            "grants_extension_turn_down": [self.draft.public_id],
            "grants_appeal_agenda": [self.appeal.pk],
            "grants_assignment_call": [self.call.public_id],
            "grants_assignmentrun_call": [self.call.public_id],
            "grants_expertcandidate_invitations": [],
            "grants_stafftranslation_application": [self.eligible.public_id],
            "grants_workact_call": [self.call.public_id],
            "grants_workact_pdf": [self.act.public_id],
            "grants_assignment_application": [self.eligible.public_id],
            "grants_assignment_score": [self.assignment.public_id],
            "questionnaires_questionnaire_usual": [],
            "questionnaires_questionnaire_preview": [self.call.questionnaire_id],
            "questionnaires_questionnaire_preview_frame": [self.call.questionnaire_id],
            "view_on_site": [1, 1],
            "app_list": ["grants"],
        }
        if name in by_page or "_" not in name or name in SITE_PAGES:
            return by_page.get(name, [])
        return [self.draft_call.pk if name.startswith("grants_call_") else self.eligible.pk]

    def key_of(self, model: Any) -> Any:
        """A row of a model for its change page: one that staff would open."""
        rows = {
            "application": self.eligible,
            "call": Call.objects.get(pk=self.call.pk),
            "decision": Decision.objects.get(application=self.eligible),
            "assignment": self.assignment,
            "assignmentrun": self.assigned,
            "message": Message.objects.first(),
            "auditevent": AuditEvent.objects.first(),
        }
        row = rows.get(model._meta.model_name) or model._default_manager.first()
        return row.pk if row else 1


def letter(world: World, person: str, path: str) -> str:
    """What one person's GET of one address answers, as a letter of the table."""
    answer = world.browsers[person].get(path)
    if answer.status_code == 302:
        return "L" if "/account/login/" in answer["Location"] else ">"
    return {200: ".", 403: "x", 404: "-", 405: "P", 409: "c", 400: "b"}[answer.status_code]


def row(world: World, path: str) -> str:
    return "".join(letter(world, person, path) for person in PEOPLE)


def names(resolver: Any = None, space: str = "") -> Iterator[str]:
    """Every named route outside the admin."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield space + pattern.name


def admin_names() -> Iterator[str]:
    """Every named route of the admin."""
    for pattern in admin.site.urls[0]:
        inner = pattern.url_patterns if isinstance(pattern, URLResolver) else [pattern]
        yield from (p.name for p in inner if p.name)


def standard(name: str) -> bool:
    """Whether an admin route is one of the five that every model has."""
    return name.endswith(("_changelist", "_add", "_change", "_delete", "_history"))


def test_no_route_is_missing_from_the_table_and_none_is_left_over():
    ours = {n for n in admin_names() if not standard(n)}
    models = {n.removesuffix("_changelist") for n in admin_names() if n.endswith("_changelist")}

    assert set(names()) == set(PAGES)
    assert ours | models == set(ADMIN)


def test_every_page_answers_every_person_as_the_table_says():
    world = World()

    found = {name: row(world, reverse(name, args=world.arguments(name.split(":")[-1]))) for name in PAGES}

    assert found == PAGES


@pytest.mark.parametrize("half", [0, 1])
def test_every_admin_page_answers_every_person_as_the_table_says(half: int):
    world = World()
    by_table = {f"{m._meta.app_label}_{m._meta.model_name}": m for m in admin.site._registry}
    expected = dict(sorted(ADMIN.items())[half::2])

    found = {name: admin_answers(world, name, by_table.get(name)) for name in expected}

    assert found == expected


def admin_answers(world: World, name: str, model: Any) -> str | dict[str, str]:
    """The letters of one admin page, or of the four pages that every model has."""
    if model is None:
        return row(world, reverse(f"admin:{name}", args=world.admin_arguments(name)))
    key = [world.key_of(model)]
    pages = {"changelist": [], "add": [], "change": key, "delete": key}
    return {page: row(world, reverse(f"admin:{name}_{page}", args=args)) for page, args in pages.items()}
