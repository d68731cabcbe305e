"""The tree keeps its own rules (docs/architecture.md): what a linter cannot see is read here."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

BASE = Path(__file__).resolve().parent.parent
OURS = [
    "config",
    "core",
    "notifications",
    "accounts",
    "documents",
    "committees",
    "questionnaires",
    "grants",
    "funds",
    "portal",
]
PYTHON = [p for name in OURS for p in sorted((BASE / name).rglob("*.py")) if "migrations" not in p.parts]
TEMPLATES = [p for p in sorted((BASE / "templates").rglob("*.html")) if "mail" not in p.parts]
OUR_MODELS = [m for m in apps.get_models() if m._meta.app_label in OURS]


def short(path: Path) -> str:
    return str(path.relative_to(BASE))


def test_a_status_is_written_by_core_workflow_alone():
    """Seeding in bulk (portal/demo) is the one other writer; its rows are replayed by tests/portal/test_seed.py."""
    writes = re.compile(r"\.status\s*=[^=]|update\([^)]*\bstatus=")
    allowed = {"core/workflow.py"}

    found = [
        short(p)
        for p in PYTHON
        if short(p) not in allowed and "portal/demo" not in short(p) and writes.search(p.read_text())
    ]

    assert found == []


def test_triggers_are_suspended_in_conftest_alone():
    everywhere = [*PYTHON, *sorted((BASE / "tests").rglob("*.py"))]

    call = re.compile(r"triggers\.suspended" + r"\(|import " + "suspended")

    found = [short(p) for p in everywhere if call.search(p.read_text())]

    assert found == ["tests/conftest.py"]


def test_there_is_no_third_place():
    third = {"utils.py", "helpers.py", "common.py", "misc.py", "services.py", "mixins.py"}

    assert [short(p) for p in PYTHON if p.name in third] == []


def test_templates_hold_no_inline_script_or_style():
    inline = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\sstyle=|<style|\son\w+=\"", re.IGNORECASE)

    assert [short(p) for p in TEMPLATES if inline.search(p.read_text())] == []


def test_every_component_names_its_parameters_first():
    found = [
        short(p)
        for p in sorted((BASE / "templates" / "components").glob("*.html"))
        if not p.read_text().lstrip().startswith(("{% comment", "{#"))
    ]

    assert found == []


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_every_module_class_and_action_has_a_docstring(path: Path):
    tree = ast.parse(path.read_text())
    if not tree.body:
        return
    wanted = [n for n in tree.body if isinstance(n, ast.ClassDef)]
    if "actions" in path.parts or "formulas" in path.parts:
        wanted += [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]

    without = [n.name for n in wanted if not ast.get_docstring(n)]

    assert ast.get_docstring(tree)
    assert without == []


@pytest.mark.parametrize("path", PYTHON, ids=short)
def test_files_and_functions_stay_small(path: Path):
    """Around 200 lines a file and 20 a function; the limits here are where «around» ends."""
    text = path.read_text()
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 45
    ]

    assert len(text.splitlines()) <= 330
    assert long == []


def test_grants_and_funds_never_meet_in_a_relation():
    found = [
        f"{model._meta.label}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.get_fields()
        if field.is_relation
        and field.related_model is not None
        and {model._meta.app_label, field.related_model._meta.app_label} == {"grants", "funds"}
    ]

    assert found == []


def test_every_instant_of_a_person_is_paired_by_a_constraint():
    """`x_at` and `x_by` that may both be empty are empty together, by the database (docs/architecture.md, names)."""
    unpaired = []
    for model in OUR_MODELS:
        names = {f.name: f for f in model._meta.local_fields}
        rules = " ".join(str(c.condition) for c in model._meta.constraints if isinstance(c, models.CheckConstraint))
        for name, field in names.items():
            by = names.get(name.removesuffix("_at") + "_by")
            if name.endswith("_at") and field.null and by is not None and by.null and name not in rules:
                unpaired.append(f"{model._meta.label}.{name}")

    assert unpaired == []


def test_rows_of_the_trail_hold_no_foreign_keys_and_no_personal_columns():
    for name in ("AuditEvent", "AuditSeal"):
        fields = apps.get_model("core", name)._meta.local_fields
        assert [f.name for f in fields if f.is_relation] == []
        assert {f.name for f in fields} & {"email", "name", "iin", "address", "phone"} == set()


def test_nothing_in_the_tree_names_a_package_host_or_a_machine():
    pattern = "|".join(
        [
            "python" + "hosted",
            "pypi" + r"\.org",
            "registry\\.npm" + "js",
            "uns?pkg" + r"\.com",
            "jsdel" + "ivr",
            "/wo" + "rk/",
            r"\.\./sha" + "red",
        ]
    )
    listed = subprocess.run(
        ["git", "-C", str(BASE), "grep", "-nIE", pattern, "--", "."], capture_output=True, text=True, check=False
    )

    assert listed.stdout == ""


def test_every_dependency_says_why_it_is_here():
    lines = (BASE / "pyproject.toml").read_text().split("[tool.")[0].splitlines()
    listed = [line for line in lines if re.match(r'\s+"[a-z]', line)]

    assert [line for line in listed if "#" not in line] == []
    assert len(listed) > 20
