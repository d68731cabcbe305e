"""Pages of docs/ that are made from the code, so that they cannot lie: workflows and the map of entities."""

from collections.abc import Iterator

from django.apps import apps
from django.db import models

from core.workflow import REGISTRY, Workflow

OURS = ("core", "notifications", "accounts", "documents", "committees", "questionnaires", "grants", "funds")
MADE = "<!-- Made by `manage.py docs --write`; tests/test_docs.py holds it against the code. -->"


def who_words(who: object) -> str:
    """The name of the rule of `policy.py` that says who may."""
    return f"{getattr(who, '__module__', '')}.{getattr(who, '__name__', '')}"


def workflows_page() -> str:
    """Every workflow table as a diagram and as a table."""
    parts = [
        "# Workflows",
        MADE,
        "",
        "Each table is data in an app's `workflow.py`; `core.workflow` alone writes a status.",
    ]
    for table in REGISTRY.values():
        parts += ["", f"## {table.name}", "", *_diagram(table), "", *_moves(table)]
    return "\n".join(parts) + "\n"


def _diagram(table: Workflow) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield f"    [*] --> {table.initial}"
    for move in table.moves:
        for source in sorted(move.sources):
            yield f"    {source} --> {move.target}: {move.verb}"
    yield "```"


def _moves(table: Workflow) -> Iterator[str]:
    yield "| verb | from | to | who |"
    yield "|---|---|---|---|"
    for move in table.moves:
        yield f"| {move.verb} | {', '.join(sorted(move.sources))} | {move.target} | `{who_words(move.who)}` |"


def entities_page() -> str:
    """Every model with what it says of itself and what it points to."""
    parts = ["# Entities", MADE]
    for label in OURS:
        parts += ["", f"## {label}", "", "| model | what | points to |", "|---|---|---|"]
        for model in apps.get_app_config(label).get_models():
            first = (model.__doc__ or "").strip().splitlines()[0]
            parts.append(f"| {model.__name__} | {first} | {', '.join(_targets(model)) or '-'} |")
    return "\n".join(parts) + "\n"


def _targets(model: type[models.Model]) -> list[str]:
    fields = [*model._meta.local_fields, *model._meta.local_many_to_many]
    return sorted({f.related_model._meta.label for f in fields if f.related_model})


PAGES = {"workflows.md": workflows_page, "entities.md": entities_page}
