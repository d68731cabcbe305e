"""Every kind of question with made answers: what is typed, stored, shown again, read by others and exported is one."""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import strategies as st

from core.canonical import plain
from grants.forms.application import questions_form
from grants.queries.content import parts
from grants.queries.snapshot import snapshot
from questionnaires.actions.answers import save_answers
from questionnaires.formulas.shape import is_given
from questionnaires.models import Answer, QuestionnaireVersion
from questionnaires.queries.words import line_of, words_of
from tests import factories
from tests.questionnaires import made

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

COLUMNS = [
    {"key": kind, "kind": kind, "label": made.TEXTS, "is_required": False, "choices": made.CHOICES}
    for kind in ("short_text", "number", "money", "date", "single_choice", "link")
]
BY_KIND: dict[str, dict[str, Any]] = {
    kind: {
        "key": kind,
        "kind": kind,
        "label": made.TEXTS,
        "is_required": False,
        **({"choices": made.CHOICES} if kind.endswith("choice") else {}),
        **({"columns": COLUMNS, "limit": 6} if kind == "table" else {}),
        **({"formula": {"op": "sum", "of": ["money", "table.money"], "unit": "money"}} if kind == "calculated" else {}),
    }
    for kind in (*made.TYPED_KINDS, "calculated")
}
slugs = st.text(alphabet="abcxyz0189", min_size=1, max_size=12)
grouped = st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", " "))
CELLS: dict[str, Any] = {
    "short_text": made.words,
    "number": grouped,
    "money": st.one_of(grouped, made.amounts.map(lambda amount: amount.replace(".", ","))),
    "date": st.dates(min_value=made.FIRST_DAY).map(lambda day: day.strftime("%d.%m.%Y")),
    "single_choice": st.sampled_from(("", *made.CODES)),
    "link": slugs.map(lambda slug: f"https://example.kz/{slug}?a=1&b=<x>"),
}
TYPED: dict[str, Any] = {
    **{kind: cells.map(lambda text, kind=kind: {f"q_{kind}": [text]}) for kind, cells in CELLS.items()},
    "long_text": st.lists(made.words, min_size=1, max_size=3).map(lambda lines: {"q_long_text": ["\r\n".join(lines)]}),
    "multiple_choice": st.lists(st.sampled_from(made.CODES), unique=True).map(lambda c: {"q_multiple_choice": c}),
    "declaration": st.booleans().map(lambda agreed: {"q_declaration": ["on"]} if agreed else {}),
    "email": slugs.map(lambda slug: {"q_email": [f"{slug}@example.kz"]}),
    "phone": st.integers(0, 9_999_999).map(lambda number: {"q_phone": [f"8 701 {number:07d}"]}),
    "table": st.lists(st.fixed_dictionaries({}, optional=CELLS), min_size=1, max_size=4).map(
        lambda rows: {f"q_table-{n}-{key}": [row.get(key, "")] for n, row in enumerate(rows) for key in CELLS}
    ),
}


class Inputs(HTMLParser):
    """What a browser would send back of the inputs of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.typed: dict[str, list[str]] = {}
        self.area = self.chosen = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        a = dict(attrs)
        name = a.get("name") or ""
        if tag == "input" and a.get("type") not in ("checkbox", "radio", "file"):
            self.typed[name] = [a.get("value") or ""]
        elif tag == "input" and "checked" in a:
            self.typed.setdefault(name, []).append(a.get("value") or "on")
        elif tag == "textarea":
            self.area, self.typed[name] = name, [""]
        elif tag == "select":
            self.chosen, self.typed[name] = name, [""]
        elif tag == "option" and "selected" in a:
            self.typed[self.chosen] = [a.get("value") or ""]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.typed[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if self.area and tag == "textarea":
            text = self.typed[self.area][0]
            self.typed[self.area] = [text.removeprefix("\n")]
            self.area = ""


@pytest.fixture
def draft():
    """A draft whose questions are one of each kind."""
    application = factories.make_draft()
    content = {"sections": [{"title": made.TEXTS, "questions": list(BY_KIND.values())}], "rules": []}
    questionnaire = application.call.questionnaire
    version = QuestionnaireVersion.objects.create(questionnaire=questionnaire, number=9, content=content, sha256="9")
    application.answer_set.answers.all().delete()
    application.answer_set.version = version
    application.answer_set.save()
    return application


def query(typed: dict[str, list[str]]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return data


def read(application: Any, typed: dict[str, list[str]], key: str) -> Any:
    """The answer that the form reads of what was typed; its sentences where it refuses."""
    form = questions_form(application, 0, query(typed))
    assert form.is_valid(), form.errors
    return form.answers()[key]


@pytest.mark.parametrize("kind", made.TYPED_KINDS)
def test_what_is_typed_is_stored_shown_and_exported_alike(draft, kind):
    for typed in made.examples_of(TYPED[kind])[::10]:
        Answer.objects.filter(set=draft.answer_set).delete()

        answer = read(draft, typed, kind)
        save_answers(draft.answer_set, {kind: answer})
        stored = draft.answer_set.values()[kind]
        page = render_to_string("questionnaires/_questions.html", {"form": questions_form(draft, 0)})
        shown_again = read(draft, Inputs(page).typed, kind)
        line = next(line for part in parts(draft) for line in part.lines if line.field == f"q_{kind}")
        exported = plain(snapshot(draft))["answers"].get(kind)

        assert stored == answer
        assert shown_again == answer
        assert line.value == words_of(BY_KIND[kind], answer)
        assert bool(line_of(BY_KIND[kind], answer)) == (is_given(answer) or kind == "declaration")
        assert exported == answer


def test_what_is_calculated_is_shown_and_exported_and_never_typed(draft):
    save_answers(draft.answer_set, {"money": "10.50", "table": [{"money": "1.25"}, {"money": "2"}]})

    form = questions_form(draft, 0, query({"q_calculated": ["999"]}))
    line = next(line for part in parts(draft) for line in part.lines if line.field == "q_calculated")

    assert form.is_valid()
    assert "calculated" not in form.answers()
    assert snapshot(draft)["answers"]["calculated"] == "13.75"
    assert line.value.replace("\u00a0", " ") == "13,75 ₸"


WRONG = {
    "number": ["вес", "1e3", "2,5", "9" * 16, "-1"],
    "money": ["много", "1.234", "9" * 17],
    "date": ["31.02.2026", "вчера", "2026-13-01"],
    "link": ["не ссылка", "javascript:alert(1)"],
    "email": ["без собаки", "a@b"],
    "phone": ["123", "позвоните"],
    "single_choice": ["z"],
    "short_text": ["я" * 301],
    "long_text": ["я" * 3001],
    "multiple_choice": ["z"],
}


@pytest.mark.parametrize(("kind", "typed"), [(kind, text) for kind, texts in WRONG.items() for text in texts])
def test_wrong_input_is_kept_as_typed_beside_a_sentence(draft, kind, typed):
    form = questions_form(
        draft,
        0,
        query(
            {f"q_{kind}": [typed], "q_email": ["right@example.kz"]} | ({"q_email": [typed]} if kind == "email" else {})
        ),
    )

    assert not form.is_valid()
    assert list(form.errors) == [f"q_{kind}"]
    assert kind not in form.answers()
    page = render_to_string("questionnaires/_questions.html", {"form": form})
    if not kind.endswith("choice"):
        assert Inputs(page).typed[f"q_{kind}"] == [typed]
    assert f'id="id_q_{kind}_error"' in page


@pytest.mark.parametrize(
    ("cells", "row", "column"),
    [
        ({"q_table-0-number": "вес"}, 1, "number"),
        ({"q_table-0-short_text": "бар", "q_table-3-date": "31.02.2026"}, 2, "date"),
        ({"q_table-0-link": "не ссылка"}, 1, "link"),
    ],
)
def test_a_wrong_cell_is_named_by_its_row_and_kept(draft, cells, row, column):
    form = questions_form(draft, 0, query({name: [text] for name, text in cells.items()}))

    assert not form.is_valid()
    sentence = str(form.errors["q_table"])
    page = render_to_string("questionnaires/_questions.html", {"form": form})
    kept = {text for name, texts in Inputs(page).typed.items() if name.startswith("q_table") for text in texts}
    assert re.search(rf"\b{row}\b", sentence)
    assert set(cells.values()) <= kept
    assert column in made.COLUMN_KINDS
