"""A blind call tells an expert nothing of the applicant until their own review is in: page, file name, download, error.

One application names its applicant wherever one can be named; the walk opens every address that an expert can reach,
and looks for every identifying string.
"""

import json
import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from core import clock
from core.refusals import Refused
from documents.models import Document
from grants.actions import reviews
from grants.models import Application, Assignment, Call
from grants.queries.asked import questions_asked
from grants.queries.assigning import choices
from grants.queries.blind import KNOWS_APPLICANTS
from notifications.models import Message
from questionnaires.models import AnswerFile
from tests import factories
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

NAME, HEAD, MEMBER = "ТОО «Қарлығаш студиясы»", "Гүлнәр Тасболатова", "Ерасыл Жұмағұлов"
PHONE, MEMBER_PHONE = "+77017654321", "+77057771122"
ADDRESS = "Абылай хан даңғылы 137, 4-кеңсе"
FILE, ANSWERED_WITH = "Қарлығаш-тұсаукесер.pdf", "Тасболатова-келісім.pdf"
TELLS = f"{NAME} жобасы. Жетекші {HEAD}, {MEMBER}. {ADDRESS}. 8 (701) 765-43-21, +7 705 777 11 22, karlygash@oiyn.kz"
SECRETS = ["қарлығаш", "тасболатова", "гүлнәр", "ерасыл", "жұмағұлов", "абылай хан", "karlygash", "oiyn.kz"]
LINK = re.compile(r"(?:href|src|action|data-saver)=\"(/[^\"#]*)\"")


@shared
def call() -> Call:
    return factories.make_planned_call(is_blind=True)


@shared
def application(call) -> Application:
    """Every text that an applicant writes names them."""
    owner = factories.make_user("karlygash@oiyn.kz", display_name=MEMBER, phone=MEMBER_PHONE)
    contact = {"head_name": HEAD, "head_iin": "850101300126", "phone": PHONE, "address": ADDRESS}
    organisation = factories.make_organisation(owner, name=NAME, **contact)
    application = factories.application_at("eligible", owner=owner, call=call)
    Application.objects.filter(pk=application.pk).update(title=f"{NAME} ойыны", summary=TELLS)
    application.answer_set.answers.filter(key="problem").update(value=TELLS)
    application.budget_lines.update(item=f"{HEAD} жалақысы")
    application.milestones.update(title=f"{NAME}: кезең", proof=f"{MEMBER} есебі")
    given = application.documents.select_related("document").first().document
    Document.objects.bulk_create([renamed(given, FILE), renamed(given, ANSWERED_WITH)])
    first, second = Document.objects.order_by("-pk")[:2][::-1]
    application.documents.update(document=first)
    key = questions_asked(Application.objects.get(pk=application.pk)).content["sections"][0]["questions"][0]["key"]
    AnswerFile.objects.create(set=application.answer_set, key=key, document=second)
    assert organisation.name == NAME
    return Application.objects.get(pk=application.pk)


def renamed(document: Document, name: str) -> Document:
    """The same stored bytes under another person's name for them."""
    same = {"media_type": document.media_type, "size": document.size, "sha256": document.sha256}
    return Document(file=document.file, original_name=name, **same)


@shared
def assignment(application) -> Assignment:
    return factories.assign(application)


@dataclass
class Walk:
    """Opens whatever a page leads to; keeps what was said, with its headers."""

    client: Client
    said: dict[str, str] = field(default_factory=dict)

    def open(self, path: str) -> None:
        if path in self.said or path.startswith(("/static/", "/media/")) or "/account/" in path or "/declare/" in path:
            return
        response = self.client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        text = "" if response.streaming else body.decode(errors="replace")
        self.said[path] = f"{response.status_code} {dict(response.headers)} {text}"
        for link in LINK.findall(text):
            if "/reviews/" in link or "/files/" in link or "/answers/" in link:
                self.open(link)

    def leaks(self) -> list[tuple[str, str]]:
        secrets = [*SECRETS, str(self.numbers[0]), "850101300126"]
        digits = ("7017654321", "7057771122")
        found = [(path, one) for path, text in self.said.items() for one in secrets if one in text.lower()]
        return found + [
            (path, one) for path, text in self.said.items() for one in digits if one in re.sub(r"[^\d<>\n]", "", text)
        ]

    numbers: list[Any] = field(default_factory=list)


def everywhere(client: Client, application: Application, assignment: Assignment) -> Walk:
    """Every address of the expert, those that belong to others, and those that are wrong."""
    walk = Walk(client, numbers=[application.organisation.identifier])
    own = assignment.public_id
    for language in ("kk", "ru", "en"):
        walk.open(reverse("grants:review_list").replace("/kk/", f"/{language}/"))
        for page in ("review_edit", "review_conflict", "review_hand_back"):
            walk.open(reverse(f"grants:{page}", args=[own]).replace("/kk/", f"/{language}/"))
    for row in application.documents.all():
        document = reverse("grants:review_document", args=[own, row.public_id])
        walk.open(document)
        walk.open(f"{document}?download")
        walk.open(reverse("grants:document_download", args=[row.public_id]))
    for file in AnswerFile.objects.filter(set=application.answer_set):
        walk.open(reverse("grants:review_answer_file", args=[own, file.public_id]))
        walk.open(reverse("grants:answer_file", args=[file.public_id]))
    for page in ("application_detail", "application_edit", "application_check", "application_documents"):
        walk.open(reverse(f"grants:{page}", args=[application.public_id]))
    for submission in application.submissions.all():
        for page in ("submission_receipt", "submission_pdf", "submission_snapshot"):
            walk.open(reverse(f"grants:{page}", args=[submission.public_id]))
    walk.open(reverse("grants:review_document", args=[own, "zzzzzzzz"]))
    walk.open(reverse("accounts:organisation_edit", args=[application.organisation.public_id]))
    walk.open(reverse("accounts:organisation_members", args=[application.organisation.public_id]))
    walk.open(reverse("grants:vault_list", args=[application.organisation.public_id]))
    walk.open(reverse("grants:call_detail", args=[application.call.public_id]))
    return walk


def press(walk: Walk, assignment: Assignment) -> None:
    """What an expert may send wrongly: half a review, an unknown field, evidence from elsewhere."""
    page = reverse("grants:review_edit", args=[assignment.public_id])
    for n, typed in enumerate(({"submit": "1"}, {"submit": "1", "score_idea": "5", "evidence_idea": "file:x"})):
        response = walk.client.post(page, typed)
        walk.said[f"{page} {n}"] = response.content.decode()
    entries = [{"field": "comment", "value": "x", "rev": 7}, {"field": "y", "value": "x", "rev": 0}]
    body = json.dumps({"owner": assignment.expert.user.public_id, "entries": entries})
    answer = walk.client.post(
        reverse("grants:review_save", args=[assignment.public_id]), body, content_type="application/json"
    )
    walk.said["save"] = answer.content.decode()


def test_nothing_that_an_expert_can_reach_names_the_applicant(client, application, assignment):
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    client.force_login(assignment.expert.user)

    walk = everywhere(client, application, assignment)
    press(walk, assignment)

    papers = walk.said[reverse("grants:review_edit", args=[assignment.public_id])]
    assert papers.startswith("200")
    assert "[скрыто]" in papers
    files = [text for text in walk.said.values() if "application/pdf" in text]
    names = {name for text in files for name in re.findall(r'filename="([^"]*)"', text)}
    assert len(names) == 2  # the document and the file of an answer, each asked for more than once
    assert [name for name in names if not re.fullmatch(r"document-\w{6}\.pdf", name)] == []
    assert walk.leaks() == []


def test_the_letter_to_the_expert_names_nobody(application, assignment):
    told = [json.dumps(row.context, ensure_ascii=False).lower() for row in Message.objects.filter(event="assigned")]

    assert told != []
    assert [one for one in SECRETS for text in told if one in text] == []


def test_the_check_of_a_conflict_alone_names_the_applicant_and_only_until_it_is_answered(
    client, application, assignment
):
    client.force_login(assignment.expert.user)
    declare = reverse("grants:review_declare", args=[assignment.public_id])

    before = client.get(declare).content.decode()
    others = everywhere(client, application, assignment)
    client.post(declare)
    after = client.get(declare)

    assert "Қарлығаш" in before
    assert "Тасболатова" in before
    assert others.leaks() == []
    assert after.url == reverse("grants:review_edit", args=[assignment.public_id])


def test_the_applicant_is_shown_once_the_own_review_is_in(client, application, assignment):
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    client.force_login(assignment.expert.user)
    factories.review(assignment)

    walk = everywhere(client, application, assignment)

    assert "Қарлығаш" in walk.said[reverse("grants:review_edit", args=[assignment.public_id])]


def test_a_colleague_who_reads_dossiers_is_no_expert_of_a_blind_call(application):
    officer = factories.make_staff("officer")
    colleague = factories.make_expert(officer)

    with pytest.raises(Refused) as refusal:
        reviews.assign_expert(application, colleague, by=officer)

    offered = {choice.expert.pk: choice.refusal for choice in choices(application)}
    assert refusal.value.code == "knows_applicants"
    assert offered[colleague.pk] == str(KNOWS_APPLICANTS)


def test_a_call_that_is_not_blind_shows_the_applicant(client):
    assignment = factories.assign(factories.application_at("eligible"))
    reviews.declare_no_conflict(assignment, by=assignment.expert.user)
    client.force_login(assignment.expert.user)

    content = client.get(reverse("grants:review_edit", args=[assignment.public_id])).content.decode()

    assert assignment.application.organisation.name in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_a_blind_call_asks_the_database_9_times_however_long_it_is(
    client, call, count, django_assert_num_queries
):
    expert = factories.make_expert()
    for _n in range(count):
        factories.assign(factories.application_at("eligible", call=call), expert)
        done = factories.assign(factories.application_at("eligible", call=call), expert)
        Assignment.objects.filter(pk=done.pk).update(due_on=clock.today())
        factories.review(done)
    client.force_login(expert.user)
    client.get(reverse("grants:review_list"))

    with django_assert_num_queries(9):
        client.get(reverse("grants:review_list"))
