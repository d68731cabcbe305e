"""Search over applications in Kazakh and Russian: the same words find the same rows on both databases."""

import pytest
from django.db import connection
from django.urls import reverse

from core.search import search_words
from grants.actions import applications, corrections, submission
from grants.models import Application
from tests import factories as make
from tests.shared import shared

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@shared
def officer():
    return make.make_staff("officer")


def sent(name: str, **answers):
    """One that was sent by an organisation of this name, with these answers."""
    owner = make.make_user()
    make.make_organisation(owner, name=name)
    draft = make.make_draft(owner)
    applications.edit_application(draft, by=owner, facts={"summary": "Жоба"}, answers=answers)
    submission.submit_application(draft, agreed=["declaration"], by=owner)
    draft.refresh_from_db()
    return draft


@shared
def found_by_words():
    return {
        "anime": sent("ТОО «Қазақ аниме»", problem="Шеберхана Іле өзенінің жағасында, ұстаханада."),
        "yolka": sent("ИП «Ёлка»", problem="Наёмных мастеров нет; приём заявок по e-mail: info@example.kz."),
        "higgs": sent("ТОО Higgsfield", problem='\'; DROP TABLE x; -- "кавычки" (скобки) * NEAR OR'),
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("қазақ", {"anime"}), ("казак", {"anime"}), ("ҚАЗАҚ", {"anime"}), ("Каз", {"anime"}), ("азақ", set()),
        ("казак аниме", {"anime"}), ("казак елка", set()),
        ("шеберхана", {"anime"}), ("Иле озени", {"anime"}), ("ұстахана", {"anime"}), ("устахана", {"anime"}),
        ("ёлка", {"yolka"}), ("елка", {"yolka"}), ("ЕЛКА", {"yolka"}), ("наемных", {"yolka"}), ("НАЁМН", {"yolka"}),
        ("приём", {"yolka"}), ("прием", {"yolka"}), ("info@example.kz", {"yolka"}), ("e-mail", {"yolka"}),
        ("higgs", {"higgs"}), ("HIGGSFIELD", {"higgs"}), ("кавыч скоб", {"higgs"}), ("drop; table", {"higgs"}),
        ("near or", {"higgs"}), ("тоо", {"anime", "higgs"}), ("GR-", {"anime", "yolka", "higgs"}),
        ("'", set()), ("*", set()), ("½", set()), ("\"", set()), ("&|!:*", set()),
    ],
)  # fmt: skip
def test_the_words_find_the_rows(found_by_words, typed, expected):
    found = set(Application.objects.search(typed))

    assert {name for name, row in found_by_words.items() if row in found} == expected


def test_number_and_identifier_are_found_as_they_are_written(found_by_words):
    row = found_by_words["yolka"]

    assert list(Application.objects.search(row.number)) == [row]
    assert list(Application.objects.search(row.number.lower().replace("-", " "))) == [row]
    assert list(Application.objects.search(row.organisation.identifier)) == [row]


def test_words_are_letters_and_digits_folded():
    words = search_words("GR-2026-00001, «Қазақ» Ёж_2 ½ " + "а" * 99)

    assert words == ["gr", "2026", "00001", "казак", "еж", "2", "а" * 60]


def test_a_draft_under_way_is_not_searched_by_what_it_says():
    draft = make.application_at("draft")

    assert list(Application.objects.search("ойындар")) == []
    assert list(Application.objects.search("ойын студия")) == [draft]


def test_an_answered_correction_changes_what_is_found(found_by_words, officer):
    row = found_by_words["anime"]
    corrections.open_correction(row, fields=["q_problem"], reason_kk="Түзетіңіз.", reason_ru="Поправьте.", by=officer)
    applications.edit_application(row, by=row.created_by, facts={}, answers={"problem": "Енді зергерлік бұйымдар."})
    under_way = [set(Application.objects.search(word)) for word in ("шеберхана", "зергерлик")]

    corrections.answer_correction(row, by=row.created_by)

    assert under_way == [{row}, set()]
    assert [set(Application.objects.search(word)) for word in ("шеберхана", "зергерлик")] == [set(), {row}]


def test_the_list_of_staff_finds_by_the_words_of_answers(client, found_by_words, officer):
    client.force_login(officer)

    answer = client.get(reverse("admin:grants_application_changelist"), {"q": "УСТАХАНА"})

    assert [row.number for row in answer.context["cl"].result_list] == [found_by_words["anime"].number]


@pytest.mark.parametrize("page", ["grants_assignment", "grants_conflict", "grants_decision"])
def test_lists_beside_search_the_same_words(client, found_by_words, page):
    client.force_login(make.make_staff("secretary"))

    answer = client.get(reverse(f"admin:{page}_changelist"), {"q": "аниме ' *"})

    assert answer.status_code == 200


def test_the_index_is_read_and_not_the_table(found_by_words):
    """The plan names the index of the words; PostgreSQL is forbidden to scan three rows without it."""
    rows = Application.objects.search("казак")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "grants_application_words" in rows.order_by().explain()


def test_an_erased_row_is_found_no_more(found_by_words):
    Application.objects.filter(pk=found_by_words["anime"].pk).update(search_text="")

    assert list(Application.objects.search("аниме")) == []
