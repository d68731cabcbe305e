"""Seeds the days off of 2025-2027.

2025: Government decisions, as cited by the press and by open-source calendars (3 January moved from Sunday the 5th).
2026: press of January-March 2026; Constitution Day moved from 30 August to 15 March (new Constitution), so 31 August
2026 is a working day. 2027: computed by the rule «a holiday on a weekend moves to the next working day», unconfirmed.
"""

from datetime import date

from django.db import migrations

CONFIRMED = (
    "2025-01-01 2025-01-02 2025-01-03 2025-01-07 2025-03-10 2025-03-21 2025-03-24 2025-03-25 2025-05-01 2025-05-07 "
    "2025-05-09 2025-06-06 2025-07-07 2025-09-01 2025-10-27 2025-12-16 "
    "2026-01-01 2026-01-02 2026-01-07 2026-03-09 2026-03-23 2026-03-24 2026-03-25 2026-05-01 2026-05-07 2026-05-11 "
    "2026-05-27 2026-07-06 2026-10-26 2026-12-16"
)
COMPUTED = (
    "2027-01-01 2027-01-04 2027-01-07 2027-03-08 2027-03-15 2027-03-22 2027-03-23 2027-03-24 2027-05-03 2027-05-07 "
    "2027-05-10 2027-07-06 2027-10-25 2027-12-16"
)


def seed(apps, schema_editor):
    day_off = apps.get_model("core", "DayOff")
    rows = [day_off(on=date.fromisoformat(d)) for d in CONFIRMED.split()]
    rows += [day_off(on=date.fromisoformat(d), is_confirmed=False) for d in COMPUTED.split()]
    rows.append(day_off(on=date(2025, 1, 5), is_worked=True))
    day_off.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
