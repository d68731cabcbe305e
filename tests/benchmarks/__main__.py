"""`python -m tests.benchmarks [--applications 10000] [--write FILE.md]`: each action as a multiple of the floor.

CPU of the web worker plus CPU of PostgreSQL for one request (one journey for submit and review), divided by the same
for the floor, measured in turn in the same run. Budgets: docs/performance.md.
"""

import argparse
import gzip
import json
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.benchmarks import stage as stages
from tests.benchmarks.client import Browser, hidden
from tests.pdf import make_pdf

ROUNDS = 5


@dataclass
class Action:
    """What is measured: one call, how many of them make a sample, and the budget (ratio, statements)."""

    name: str
    run: Callable[[Browser], int]
    who: str = ""
    sample: int = 30
    budget: tuple[int, int] = (0, 0)


def page(path: str) -> Callable[[Browser], int]:
    """An action that opens one page."""
    return lambda browser: browser.get(path).statements


def submit(facts: dict) -> Callable[[Browser], int]:
    """The journey from the last file (20 kB) over the check page to the receipt; the form itself has its own row."""

    def run(browser: Browser) -> int:
        base = f"/ru/applications/{facts['drafts'].pop()}/"
        key, content = facts["requirement"], make_pdf("x" * 20_000)
        steps = [browser.post(f"{base}edit/documents/", {"requirement": key}, (f"{key}-file", content))]
        steps.append(browser.get(f"{base}check/"))
        sent = {"declaration": "on", "shown_sha256": hidden(steps[-1].body, "shown_sha256")}
        steps.append(browser.post(f"{base}check/", sent))
        if "receipts" not in steps[-1].location:
            raise RuntimeError(f"not sent: {steps[-1].status} {steps[-1].body[-3000:]}")
        steps.append(browser.get(steps[-1].location))
        return sum(step.statements for step in steps)

    return run


def autosave(facts: dict) -> Callable[[Browser], int]:
    """One answer as the queue of a browser sends it while a person types, each time another text."""
    path, known = f"/ru/applications/{facts['drafts'][0]}/save/", {"rev": 1}

    def run(browser: Browser) -> int:
        entry = {"field": "q_problem", "value": f"Набрано до правки {known['rev']}", "rev": known["rev"]}
        answer = browser.post_json(path, {"owner": facts["owner"], "entries": [entry]})
        saved = json.loads(answer.body)["answers"][0]
        if "saved" not in saved:
            raise RuntimeError(f"not saved: {answer.body}")
        known["rev"] = saved["saved"]
        return answer.statements

    return run


def save_review(facts: dict) -> Callable[[Browser], int]:
    """Opening the papers, and submitting seven scores with words."""

    def run(browser: Browser) -> int:
        path = f"/ru/reviews/{facts['assignments'].pop()}/"
        scores = {f"score_{key}": "4" for key in facts["criteria"]} | {f"words_{k}": "Жақсы" for k in facts["criteria"]}
        answer = browser.post(path, {**scores, "comment": "Нарық", "submit": "1"})
        if answer.status != 302:
            raise RuntimeError(f"review not saved: {answer.body[-2000:]}")
        return answer.statements

    return run


def actions(facts: dict) -> list[Action]:
    """The actions of docs/performance.md that exist so far."""
    draft, lists = facts["drafts"][0], "/admin/grants/application/"
    filtered = f"{lists}?q={quote('студия')}&status=declined"
    return [
        Action("landing, anonymous", page("/ru/"), budget=(8, 4)),
        Action("call page, anonymous", page(f"/ru/calls/{facts['call']}/"), budget=(8, 4)),
        Action("application form", page(f"/ru/applications/{draft}/edit/project/"), "applicant", budget=(25, 10)),
        Action("autosave of one field", autosave(facts), "applicant", budget=(10, 6)),
        Action("submit, whole journey", submit(facts), "applicant", sample=5, budget=(80, 40)),
        Action("staff list, 50 rows", page(lists), "officer", sample=10, budget=(90, 15)),
        Action("staff list, page 100", page(f"{lists}?p=100"), "officer", sample=10, budget=(110, 15)),
        Action("staff list, filtered, searched", page(filtered), "officer", sample=10, budget=(110, 15)),
        Action("dossier for staff", page(f"{lists}{facts['dossier']}/change/"), "officer", sample=15, budget=(50, 20)),
        Action("expert's dashboard", page("/ru/reviews/"), "expert", budget=(25, 8)),
        Action("save a review", save_review(facts), "expert", sample=5, budget=(40, 20)),
    ]


def seconds(stage: stages.Stage, run: Callable[[], object], times: int) -> float:
    """CPU seconds of one call, worker and PostgreSQL together."""
    before = sum(stage.cpu_seconds())
    for _time in range(times):
        run()
    return (sum(stage.cpu_seconds()) - before) / times


def measure(stage: stages.Stage, action: Action, facts: dict) -> tuple[float, int]:
    """(median multiple of the floor, SQL statements)."""
    session = facts["sessions"].get(action.who, "")
    counting, browser = Browser(stage.port, session, counts=True), Browser(stage.port, session)
    statements = action.run(counting)
    floor, ratios = Browser(stage.port), []
    action.run(browser)
    for _round in range(ROUNDS):
        base = seconds(stage, lambda: floor.get("/floor"), 400)
        ratios.append(seconds(stage, lambda: action.run(browser), action.sample) / base)
    return statistics.median(ratios), statements


def first_page_bytes(stage: stages.Stage) -> tuple[int, int]:
    """(bytes, requests) of the first page with its styles, scripts and pictures, compressed."""
    browser = Browser(stage.port)
    body = browser.get("/ru/").body
    assets = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', body))
    sizes = [browser.get(asset, compressed=True).size for asset in assets]
    return len(gzip.compress(body.encode(), 6)) + sum(sizes), 1 + len(assets)


def report(stage: stages.Stage, facts: dict, applications: int) -> list[str]:
    """The lines of the table."""
    lines = [f"| Action, {applications} applications | x floor | budget | SQL | budget |", "|---|---|---|---|---|"]
    for action in actions(facts):
        ratio, statements = measure(stage, action, facts)
        lines.append(f"| {action.name} | {ratio:.1f} | {action.budget[0]} | {statements} | {action.budget[1]} |")
        print(lines[-1], flush=True)
    size, requests = first_page_bytes(stage)
    lines.append(f"| first page, bytes | {size} in {requests} requests | 60 kB, 8 | | |")
    lines.append(f"| worker memory after the run | {stage.memory_mb():.0f} MB | 180 MB | | |")
    lines.append(f"| migrate from nothing | {stage.migrate_seconds:.1f} s | 10 s | | |")
    lines.append(f"| seed the season | {stage.seed_seconds:.1f} s | 120 s for 10 000 | | |")
    return lines


def main() -> None:
    """Builds the stage, measures, prints, and stops everything."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--applications", type=int, default=10_000)
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    stage = stages.build(options.applications)
    try:
        command = [sys.executable, "-m", "tests.benchmarks.people"]
        out = subprocess.run(
            command, env=stage.environment, cwd=stages.BASE, check=True, capture_output=True, text=True
        )
        lines = report(stage, json.loads(out.stdout.splitlines()[-1]), options.applications)
    finally:
        stage.stop()
    print("\n".join(lines))
    if options.write:
        options.write.write_text("\n".join(lines) + "\n")


main()
