"""The words of the interface: extracted from the code (English), with their Kazakh and Russian from the catalogues.

Extraction needs Babel and enmerkar (test tools); reading and writing catalogues needs polib alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings

LANGUAGES = ("kk", "ru")
PLURALS = {"kk": "nplurals=2; plural=(n!=1);", "ru": (
    "nplurals=4; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : "
    "n%10==0 || (n%10>=5 && n%10<=9) || (n%100>=11 && n%100<=14)? 2 : 3);"
)}  # fmt: skip
FORMS = {"kk": 2, "ru": 4}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
BARE_PERCENT = re.compile(r"%(?![(%])")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Phrase:
    """One message of the interface: its English text, its plural where it has one, its context, where it stands."""

    msgid: str
    plural: str = ""
    context: str = ""
    place: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue finds it by."""
        return (self.context, self.msgid)


def po_path(language: str) -> Path:
    """Our own catalogue of a language."""
    return Path(settings.BASE_DIR) / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> polib.POFile:
    """The catalogue as it stands, or an empty one with the right header."""
    path = po_path(language)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=110)
    made = polib.POFile(wrapwidth=110)
    made.metadata = {
        "Project-Id-Version": "Almaty Creative",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return made


def entries(language: str) -> dict[tuple[str, str], polib.POEntry]:
    """(context, English) -> entry."""
    return {(e.msgctxt or "", e.msgid): e for e in catalogue(language) if not e.obsolete}


def extract() -> list[Phrase]:
    """Every message in our Python and templates, sorted."""
    from babel.messages.extract import extract_from_file  # a test tool, not installed in production

    found: dict[tuple[str, str], Phrase] = {}
    for path, method in _sources():
        place = str(path.relative_to(settings.BASE_DIR))
        for _line, message, _comments, context in extract_from_file(method, str(path), keywords=KEYWORDS):
            phrase = _phrase(message, context, place, is_template=method == "django")
            found.setdefault(phrase.key, phrase)
    return sorted(found.values(), key=lambda p: (p.place, p.msgid))


def _phrase(message: object, context: str | None, place: str, *, is_template: bool) -> Phrase:
    """Django looks a template's text up with its bare percent signs doubled."""
    texts = [str(t) for t in message if t] if isinstance(message, tuple | list) else [str(message)]
    if is_template:
        texts = [BARE_PERCENT.sub("%%", text) for text in texts]
    return Phrase(texts[0], texts[1] if len(texts) > 1 else "", context or "", place)


def _sources() -> Iterator[tuple[Path, str]]:
    """Our own files with the extractor for each."""
    base = Path(settings.BASE_DIR)
    for name in sorted({c.name for c in apps.get_app_configs() if (base / c.name).is_dir()} | {"config"}):
        for path in sorted((base / name).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, "python"
    for path in sorted((base / "templates").rglob("*.*")):
        if path.suffix in (".html", ".txt"):
            yield path, "django"


def faults(language: str, phrases: list[Phrase]) -> Iterator[str]:
    """What a language lacks: a missing, fuzzy or empty translation, or one whose placeholders differ."""
    kept = entries(language)
    for phrase in phrases:
        entry = kept.get(phrase.key)
        if entry is None or not entry.translated():
            yield f"{language}: not translated: {phrase.msgid!r} ({phrase.place})"
            continue
        for text in entry.msgstr_plural.values() if phrase.plural else [entry.msgstr]:
            if not _placeholders_agree(text, phrase):
                yield f"{language}: placeholders differ: {phrase.msgid!r} -> {text!r}"
    wanted = {p.key for p in phrases}
    yield from (f"{language}: no longer used: {key[1]!r}" for key in kept if key not in wanted)


def _placeholders_agree(text: str, phrase: Phrase) -> bool:
    """A singular form may leave the number out; otherwise the same placeholders stand in both."""
    if "%(" in phrase.msgid and BARE_PERCENT.search(text.replace("%%", "")):
        return False
    there = set(PLACEHOLDER.findall(text))
    wanted = set(PLACEHOLDER.findall(phrase.plural or phrase.msgid))
    return there == wanted or (bool(phrase.plural) and there <= wanted)
