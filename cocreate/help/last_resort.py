"""The three numbers that the help page shows when nobody has written any.

In code and not only in the database, because an empty table (a new installation, a mistake in the
admin, a restore that went wrong) must never leave a person in danger with an empty page. They are
national (112, Livslinien) or the capital region's (1813); staff's own lines replace the last two
as soon as there is one.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class BuiltInLine:
    """Reads in a template like a HelpLine."""

    number: str
    name: str | Promise
    text: str | Promise
    hours: str | Promise = ""
    url: str = ""

    @property
    def dialled(self) -> str:
        return self.number.replace(" ", "")


DANGER = BuiltInLine(
    number="112",
    name="112",
    text=_("If you or somebody else is in danger, call 112."),
    hours=_("Day and night"),
)
LIFELINE = BuiltInLine(
    number="70 201 201",
    name="Livslinien",
    text=_("If you need to talk to somebody now."),
)
HEALTH_LINE = BuiltInLine(
    number="1813",
    name="1813",
    text=_("If nobody answers, call 1813 and say that it is about thoughts of suicide."),
    hours=_("Day and night"),
)
LAST_RESORT = (DANGER, LIFELINE, HEALTH_LINE)
