"""Published indicators of the city's creative industries, each with its source.

They are facts of one article; the indicators issue makes rows of them that staff edit.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from core.templatetags.words import number

SOURCE = _(
    "Source: the article of 14 December 2025 with Yerlan Davov, acting general director of Almaty Creative, "
    "and the expert Dana Shayakhmet."
)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One published figure; `is_more` where the source says «more than»."""

    value: Decimal
    unit: Any
    label: Any
    caption: Any = ""
    is_more: bool = False

    @property
    def words(self) -> str:
        """The figure as the reader's language writes it."""
        return f"> {number(self.value)}" if self.is_more else number(self.value)


INDICATORS = (
    Indicator(Decimal(83), _("bn ₸"), _("Taxes from the creative industries in 2024"), _("the whole year")),
    Indicator(
        Decimal("60.4"),
        _("bn ₸"),
        _("Taxes from the creative industries in 2025"),
        _("nine months, part of a year: not to be compared with a whole year"),
    ),
    Indicator(Decimal(24_000), "", _("people work in the creative industries of Almaty"), is_more=True),
    Indicator(
        Decimal(46),
        "%",
        _("of the creative businesses of Kazakhstan are in Almaty"),
        _("a study of 2017 under the British Council, cited in the article"),
    ),
)
