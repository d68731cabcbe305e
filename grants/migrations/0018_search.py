"""Search by the beginnings of words: the column is written anew as plain words, and its index is made."""

from django.db import migrations

from core.search import drop_index, make_index, search_words

TABLE, COLUMN, STEP = "grants_application", "search_text", 500
TEXTS = ("short_text", "long_text", "table")


def fold_again(apps, schema_editor):
    """Facts as they were folded before, and the words of what was sent; drafts say nothing yet."""
    application, answer = apps.get_model("grants", "Application"), apps.get_model("questionnaires", "Answer")
    keys = list(application.objects.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), STEP):
        rows = list(application.objects.filter(pk__in=keys[start : start + STEP]).select_related("answer_set__version"))
        kinds = {row.answer_set_id: _kinds(row.answer_set.version.content) for row in rows if row.number}
        said = {}
        for owner, key, value in answer.objects.filter(set__in=kinds).values_list("set_id", "key", "value"):
            if kinds[owner].get(key) in TEXTS:
                said.setdefault(owner, []).extend(_strings(value))
        for row in rows:
            words = " ".join(dict.fromkeys(search_words(" ".join(said.get(row.answer_set_id, [])))))
            row.search_text = f"{' '.join(search_words(row.search_text))}\n{words}"
        application.objects.bulk_update(rows, [COLUMN])


def _kinds(content):
    return {q["key"]: q["kind"] for section in content.get("sections", []) for q in section["questions"]}


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings(part)


class Migration(migrations.Migration):
    """After the commission's columns."""

    dependencies = [("grants", "0017_commission"), ("questionnaires", "0003_desk_words")]

    operations = [
        migrations.RunPython(fold_again, migrations.RunPython.noop),
        migrations.RunPython(
            lambda apps, editor: make_index(editor, TABLE, COLUMN), lambda apps, editor: drop_index(editor, TABLE)
        ),
    ]
