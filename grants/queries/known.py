"""What the organisation's profile already says: shown on a draft, not asked again."""

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.statuses import Country


def known_facts(organisation: Organisation) -> list[tuple[str, str]]:
    """(what, value) of the facts that the form never asks for. Two queries: sector and district."""
    rows = [
        (_("Who applies"), f"{organisation.name} · {organisation.get_kind_display()}"),
        (_("IIN or BIN") if organisation.country == Country.KZ else _("Own number"), organisation.identifier),
        (_("Head"), organisation.head_name),
        (_("Sector"), organisation.sector.name),
        (_("District of Almaty"), organisation.district.name if organisation.district else ""),
        (_("Phone"), organisation.phone),
    ]
    return [(what, value) for what, value in rows if value]
