"""The index over the words of an application, for search by the beginnings of words."""

from django.db import migrations

from core.search import drop_index, make_index

TABLE, COLUMN = "grants_application", "search_text"


class Migration(migrations.Migration):
    """After the table: raw SQL of each database, see core/search.py."""

    dependencies = [("grants", "0002_reason_phrases")]
    operations = [
        migrations.RunPython(
            lambda apps, editor: make_index(editor, TABLE, COLUMN), lambda apps, editor: drop_index(editor, TABLE)
        ),
    ]
