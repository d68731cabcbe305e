"""Questions, answers and typed texts made by Hypothesis: every kind, with conditions, formulas and rules."""

from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from questionnaires.formulas.shape import COLUMN_KINDS, COUNTED

TEXTS = {"kk": "Сұрақ", "ru": "Вопрос", "en": "Question"}
CODES = ("a", "b", "c")
CHOICES = [{"value": code, "kk": f"{code} қ", "ru": f"{code} р", "en": code} for code in CODES]
KINDS = (
    *("short_text", "long_text", "number", "money", "date", "single_choice", "multiple_choice", "declaration"),
    *("link", "email", "phone", "file", "table", "calculated"),
)
TYPED_KINDS = tuple(kind for kind in KINDS if kind not in ("file", "calculated"))

EXAMPLES = settings(
    max_examples=150, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
)


def examples_of(strategy: Any) -> list[Any]:
    """What Hypothesis makes of a strategy, the same each time: for one page or one transaction with many of them."""
    found: list[Any] = []

    @EXAMPLES
    @given(strategy)
    def gather(example: Any) -> None:
        found.append(example)

    gather()
    return found


FIRST_DAY = date(1000, 1, 1)
words = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
hundredths = st.integers(0, 10**15 - 1)
amounts = st.one_of(
    st.sampled_from(["0", "0.05", "0.1", "0.5", "1.5", "2", "3", "5"]),  # where rounding and bounds are close
    st.integers(0, 10**6).map(str),
    st.tuples(st.integers(0, 10**6), st.integers(0, 99)).map(lambda pair: f"{pair[0]}.{pair[1]:02d}"),
)
days = st.dates().map(str)


def values(question: dict[str, Any]) -> st.SearchStrategy[Any]:
    """What may be stored for a question, right and wrong."""
    kind = question["kind"]
    if kind == "table":
        row = st.fixed_dictionaries({}, optional={c["key"]: values(c) for c in question["columns"]})
        return st.lists(row.filter(bool), max_size=4)
    return {
        "number": st.integers(0, 6) | st.integers(0, 10**6),
        "money": amounts,
        "calculated": amounts,
        "date": days,
        "single_choice": st.sampled_from(CODES),
        "multiple_choice": st.lists(st.sampled_from(CODES), unique=True),
        "declaration": st.booleans(),
        "file": st.lists(st.just({"name": "a.pdf"}), max_size=3),
    }.get(
        kind,
        st.integers(0, 18).map(lambda size: "ғ😀"[size % 2] * size)
        | st.text(alphabet=st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=20),
    )


@st.composite
def columns(draw: Any) -> list[dict[str, Any]]:
    """One to three columns of the kinds that a table takes."""
    kinds = draw(st.lists(st.sampled_from(COLUMN_KINDS), min_size=1, max_size=3))
    return [
        {"key": f"c{n}", "kind": kind, "label": TEXTS, "is_required": draw(st.booleans()), **draw(bounds(kind))}
        for n, kind in enumerate(kinds)
    ]


@st.composite
def bounds(draw: Any, kind: str) -> dict[str, Any]:
    """Choices and limits that fit the kind."""
    made: dict[str, Any] = {"choices": CHOICES} if kind in ("single_choice", "multiple_choice") else {}
    if kind in ("number", "money"):
        made["minimum"] = draw(st.none() | st.integers(0, 1000))
        made["limit"] = draw(st.none() | st.integers(1000, 10**6))
    elif kind in ("table", "file", "multiple_choice"):
        made["minimum"] = draw(st.none() | st.integers(0, 1))
        made["limit"] = draw(st.none() | st.integers(1, 3))
    elif kind in ("short_text", "long_text"):
        made["limit"] = draw(st.none() | st.integers(1, 15))
    return made


@st.composite
def conditions(draw: Any, earlier: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """None, or one or two conditions on earlier questions."""
    made = []
    for _n in range(draw(st.integers(0, 2)) if earlier else 0):
        named = draw(st.sampled_from(earlier))
        op = draw(st.sampled_from(["is", "is_not", "has", "at_least", "at_most", "answered"]))
        value = draw(st.one_of(st.booleans(), st.integers(0, 5), st.sampled_from(CODES), days, values(named)))
        made.append({"key": named["key"], "op": op, "value": value if not isinstance(value, list) else "a"})
    return made


def refs(questions: list[dict[str, Any]]) -> list[str]:
    """What a formula may count with."""
    found = [q["key"] for q in questions if q["kind"] in COUNTED]
    return found + [f"{q['key']}.{c['key']}" for q in questions if q["kind"] == "table" for c in q["columns"]]


@st.composite
def questions(draw: Any, kinds: tuple[str, ...] = KINDS, size: int = 7) -> list[dict[str, Any]]:
    """Questions in order; what one names stands before it."""
    made: list[dict[str, Any]] = []
    for n in range(draw(st.integers(1, size))):
        kind = draw(st.sampled_from((*kinds, *(k for k in kinds if k in COUNTED))))
        question = {"key": f"q{n}", "kind": kind, "label": TEXTS, "is_required": draw(st.booleans())}
        question |= draw(bounds(kind)) | {"shown_if": draw(conditions(made))}
        question["from_tier"] = draw(st.sampled_from("sml"))
        if kind == "table":
            question["columns"] = draw(columns())
        if kind == "calculated":
            of = st.lists(st.sampled_from(refs(made) or ["nothing"]), min_size=1, max_size=3)
            question["formula"] = {
                "op": draw(st.sampled_from(["sum", "difference", "product", "share"])),
                "of": draw(of),
                "unit": "number",
            }
        made.append(question)
    return made


@st.composite
def rules(draw: Any, made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rules across these questions."""
    named = refs(made) + [q["key"] for q in made if q["kind"] == "date"]
    if not named:
        return []
    one = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["sum_is", "sum_at_most", "share_at_most", "at_most"]),
            "of": st.lists(st.sampled_from(named), min_size=1, max_size=3),
            "against": st.sampled_from(["", *named]),
            "limit": st.integers(0, 8) | st.integers(0, 1000),
            "message": st.just(TEXTS),
        }
    )
    return draw(st.lists(one, max_size=3))


@st.composite
def filled(draw: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """(content, answers): a whole version with answers to some of its questions."""
    made = draw(questions())
    there = [q for q in made if q["kind"] != "calculated" and draw(st.booleans())]
    answers = {q["key"]: draw(st.none() | values(q)) for q in there}
    sections = [{"title": TEXTS, "questions": made}]
    return {"sections": sections, "rules": draw(rules(made))}, answers


SIGNS = "0123456789 .,-+/₸'\u00a0\u202fабвЖqZ😀\n\t\ufeff\x1c"
typed = st.one_of(
    st.text(alphabet=SIGNS, max_size=20),
    st.integers(-(10**16), 10**16).map(str),
    amounts,
    st.dates().map(lambda day: day.strftime("%d.%m.%Y")),
    st.dates().map(lambda day: f"{day.day}.{day.month}.{day.year:04d}"),
    st.dates().map(lambda day: day.strftime("%d%m%Y")),
    days,
    st.integers(0, 10**9).map(lambda number: f"{number:,}".replace(",", " ")),
    st.sampled_from(["31.02.2026", "29.02.2023", "29.02.2024", "30022026", "2026-13-01", "00.01.2026", "1.1.0000"]),
    st.integers(1, 25).map(lambda size: "я😀" * size),
)


def edges() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Versions on the very bounds, where made ones seldom stand: equal sides, halves to round, one sign too many."""
    asked = [{"key": "n", "kind": "number", "minimum": 2, "limit": 5}, {"key": "m", "kind": "money"}]
    waiting = [
        {"key": f"{op}{value}", "kind": "declaration", "shown_if": [{"key": "n", "op": op, "value": value}]}
        for op in ("at_least", "at_most", "is", "is_not")
        for value in (2, 3)
    ]
    counted = [
        {"key": op, "kind": "calculated", "formula": {"op": op, "of": ["m", "n"], "unit": "number"}}
        for op in ("sum", "difference", "product", "share")
    ]
    column = {"key": "c", "kind": "short_text", "label": TEXTS, "is_required": False}
    texts = [
        {"key": "t", "kind": "short_text", "limit": 3},
        {"key": "rows", "kind": "table", "limit": 3, "columns": [column]},
    ]
    bound = [
        {"kind": kind, "of": ["n"], "against": against, "limit": 3, "message": TEXTS}
        for kind in ("sum_is", "sum_at_most", "at_most", "share_at_most")
        for against in ("", "m")
    ]
    full = [{"label": TEXTS, "is_required": False, **q} for q in (*asked, *waiting, *counted, *texts)]
    content = {"sections": [{"title": TEXTS, "questions": full}], "rules": bound}
    return [
        (content, {"n": number, "m": money, "t": "ғ" * number, "rows": [{"c": "ғ"}] * number})
        for number in (1, 2, 3, 4, 5, 6)
        for money in ("0", "0.01", "0.05", "0.1", "1", "2.5", "3", "6", "100", "200", str(10**15 - 1))
    ]
