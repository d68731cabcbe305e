"""The task list of a draft: each section with what it lacks and how far it is."""

from dataclasses import dataclass

from grants.models import Application
from grants.queries.completeness import Gap, Given, gaps
from grants.queries.content import Line, parts

PREFILLED = frozenset({"sector", "district"})  # known from the organisation: standing there is no beginning
MOST_NAMED = 3  # lacks that a line of the list names


@dataclass(frozen=True)
class SectionState:
    """One line of the task list. `state`: new, going, ready, or free (nothing required, nothing typed)."""

    key: str
    title: str
    state: str
    missing: tuple[Gap, ...]

    @property
    def named(self) -> list[str]:
        """The first lacks, in words."""
        return [gap.sentence for gap in self.missing[:MOST_NAMED]]

    @property
    def unnamed(self) -> int:
        """How many more there are."""
        return max(0, len(self.missing) - MOST_NAMED)


def section_states(application: Application, given: Given) -> list[SectionState]:
    """Every section in order; asks the database nothing."""
    found = gaps(application, given)
    return [
        SectionState(part.key, part.title, _state(part.lines, part.missing), part.missing)
        for part in parts(application, found, given)
    ]


def _state(lines: tuple[Line, ...], missing: tuple[Gap, ...]) -> str:
    is_begun = any(line.value for line in lines if line.field not in PREFILLED)
    if missing:
        return "going" if is_begun else "new"
    return "ready" if is_begun else "free"
