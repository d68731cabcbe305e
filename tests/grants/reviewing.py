"""What an expert types, for the tests of reviews."""

from django.urls import reverse

from grants.models import Assignment

KEYS = ("idea", "market", "team")


LIST = "grants:review_list"


def page(assignment: Assignment, name: str = "review_edit") -> str:
    return reverse(f"grants:{name}", args=[assignment.public_id])


def typed(score: int = 4, words: str = "", **other: str) -> dict[str, str]:
    answers = {f"score_{key}": str(score) for key in KEYS} | {f"words_{key}": words for key in KEYS}
    answers |= {f"evidence_{key}": "answer:problem" for key in KEYS if words}
    return {**answers, "comment": "Показать договор.", "submit": "1", **other}


def scores(score: int, words: str = "") -> dict:
    return {key: {"score": score, "words": words, "evidence": words and "answer:problem"} for key in KEYS}
