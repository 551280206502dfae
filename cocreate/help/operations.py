"""The first help lines of a new installation."""

from typing import Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cocreate.help.last_resort import DANGER, HEALTH_LINE, LIFELINE, BuiltInLine
from cocreate.help.models import ForWhom, HelpLine


def prepare_help_lines() -> int:
    """Writes the first lines if there are none, and says how many. Nobody has called them yet, so
    `checked_on` stays empty until an editor has."""
    with transaction.atomic(), translation.override("da"):
        if HelpLine.objects.exists():
            return 0
        return len(HelpLine.objects.bulk_create(_first_lines()))


def _first_lines() -> list[HelpLine]:
    return [
        _of(DANGER, order=10),
        _of(LIFELINE, order=20),
        _of(HEALTH_LINE, order=30),
        HelpLine(
            name=_("Psychiatric emergency department"),
            description=_("You can also go there yourself."),
            hours=_("Day and night"),
            place=_("Call 1813 to hear which one is nearest."),
            crisis=True,
            order=40,
        ),
        HelpLine(
            name="BørneTelefonen",
            number="116 111",
            description=_("For children and young people who need to talk to an adult."),
            for_whom=ForWhom.CHILD,
            crisis=True,
            order=50,
        ),
    ]


def _of(line: BuiltInLine, **more: Any) -> HelpLine:
    return HelpLine(
        name=str(line.name),
        number=line.number,
        description=str(line.text),
        hours=str(line.hours),
        crisis=True,
        **more,
    )
