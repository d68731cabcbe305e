"""Pages of docs/ that are made from the code are in step with it; commands that the README names exist."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

from portal.queries.docs import PAGES

BASE = Path(__file__).resolve().parent.parent


@pytest.mark.parametrize("name", PAGES)
def test_a_generated_page_is_in_step_with_the_code(name: str):
    assert (BASE / "docs" / name).read_text() == PAGES[name]()


def test_commands_that_the_docs_name_exist():
    pages = [BASE / "README.md", *sorted((BASE / "docs").rglob("*.md"))]
    named = {name for page in pages for name in re.findall(r"manage\.py ([a-z_]+)", page.read_text())}

    assert named - set(get_commands()) == set()
    assert "verify_audit" in named


def test_files_that_the_docs_name_exist():
    pages = [BASE / "README.md", *sorted((BASE / "docs").rglob("*.md"))]
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\((?!http|#|mailto)([^)#]+)", page.read_text())
        if not (page.parent / link).exists()
    ]

    assert missing == []


def test_targets_that_the_readme_names_exist():
    targets = set(re.findall(r"^([a-z]+):", (BASE / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", (BASE / "README.md").read_text()))

    assert named - targets == set()
    assert {"demo", "test"} <= named
