"""Search by the beginnings of words over one folded column: GIN on PostgreSQL, FTS5 on SQLite, the same rows found.

`search_words` makes the column's text and reads what a person typed, so that both databases are handed plain words of
letters and digits and their own ideas of a word never differ. The lookup `has_words` reads the index.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import models

from core.text import search_fold
from core.triggers import PREFIX, Trigger

LONGEST = 60  # letters of a word that are looked at; PostgreSQL refuses words of 2 kB


def search_words(text: str) -> list[str]:
    """Folded words in their order: «GR-2026-00001, Қазақ анимесі» -> gr, 2026, 00001, казак, анимеси."""
    kept = "".join(c if c.isalpha() or c.isdecimal() else " " for c in search_fold(text))
    return [word[:LONGEST] for word in kept.split()]


@models.TextField.register_lookup
class HasWords(models.Lookup):
    """Every word that was typed begins a word of the column. Nothing but signs finds nothing."""

    lookup_name = "has_words"
    prepare_rhs = False

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Reads the index over the same expression (`words_index`)."""
        left, parameters = self.process_lhs(compiler, connection)
        asked = " & ".join(f"'{word}':*" for word in self._words())
        return f"to_tsvector('simple', {left}) @@ to_tsquery('simple', %s)", [*parameters, asked]

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        """Reads the FTS5 table beside the column's own (`words_table`)."""
        column = self.lhs
        table = words_table(column.target.model._meta.db_table)
        key = f"{compiler.quote_name_unless_alias(column.alias)}.{connection.ops.quote_name('id')}"
        asked = " ".join(f'"{word}"*' for word in self._words())
        return f"{key} IN (SELECT rowid FROM {table} WHERE {table} MATCH %s)", [asked]  # noqa: S608 (names of our own)

    def _words(self) -> list[str]:
        words = search_words(str(self.rhs))
        if not words:
            raise EmptyResultSet
        return words


def words_table(table: str) -> str:
    """The name of a table's FTS5 table."""
    return f"{table}_words"


def make_index(schema_editor: Any, table: str, column: str) -> None:
    """For a migration: the index over the words of a column, filled with what stands there."""
    if schema_editor.connection.vendor == "postgresql":
        vector = f"to_tsvector('simple', {column})"
        schema_editor.execute(f"CREATE INDEX {words_table(table)} ON {table} USING gin ({vector})")
        return
    words = words_table(table)
    tokens = "unicode61 remove_diacritics 0"  # folded already; PostgreSQL leaves й and и apart too
    schema_editor.execute(f"CREATE VIRTUAL TABLE {words} USING fts5(words, tokenize = '{tokens}')")
    schema_editor.execute(f"INSERT INTO {words} (rowid, words) SELECT id, {column} FROM {table}")  # noqa: S608


def drop_index(schema_editor: Any, table: str) -> None:
    """The way back."""
    kind = "INDEX" if schema_editor.connection.vendor == "postgresql" else "TABLE"
    schema_editor.execute(f"DROP {kind} {words_table(table)}")


def in_step(table: str, column: str) -> list[Trigger]:
    """Triggers of SQLite that keep the FTS5 table beside its column; PostgreSQL's index keeps itself."""
    words = words_table(table)
    out = f"DELETE FROM {words} WHERE rowid = {{row}}.id;"  # noqa: S608 (names of our own)
    put = f"INSERT INTO {words} (rowid, words) VALUES (NEW.id, NEW.{column});"  # noqa: S608
    bodies = {
        "AFTER INSERT": out.format(row="NEW") + put,
        f"AFTER UPDATE OF {column}": out.format(row="OLD") + put,
        "AFTER DELETE": out.format(row="OLD"),
    }
    made = []
    for when, body in bodies.items():
        name = f"{PREFIX}{words}_{when.split()[1].lower()}"
        made.append(Trigger(name, table, f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW BEGIN {body} END", ()))
    return made
