"""What the staff's first page is made of: tiles, lists, rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Tile:
    """One number (templates/admin/_tile.html)."""

    label: str
    value: str
    caption: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Row:
    """One line of a list."""

    title: str
    url: str = ""
    meta: str = ""
    label: str = ""
    tone: str = ""
    shape: str = ""


@dataclass(frozen=True)
class Rows:
    """A list of what waits (templates/admin/_desk_list.html)."""

    title: str
    rows: list[Row]
    url: str = ""
    empty: str = ""


@dataclass
class Desk:
    """Tiles and lists in the order of the roles that a person holds; `may_take_next` shows the officer's button."""

    tiles: list[Tile] = field(default_factory=list)
    lists: list[Rows] = field(default_factory=list)
    may_take_next: bool = False

    def add(self, tiles: Iterable[Tile], lists: Iterable[Rows] = ()) -> None:
        """Puts one role's part at the end."""
        self.tiles += tiles
        self.lists += lists
