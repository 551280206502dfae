"""Which lines a person in need is shown, whatever staff have kept or forgotten."""

from collections.abc import Iterable

from cocreate.help.last_resort import DANGER, LAST_RESORT, BuiltInLine
from cocreate.help.models import ForWhom, HelpLine

Line = HelpLine | BuiltInLine
FOR_THE_READER = (ForWhom.ALL, ForWhom.ME)


def crisis_lines() -> list[Line]:
    """Who to call when life is in danger, never empty. One query."""
    return first_lines(HelpLine.objects.current().filter(crisis=True))


def children_lines() -> list[HelpLine]:
    """Who a child can call, and an adult who is worried about one. One query."""
    return list(HelpLine.objects.current().filter(for_whom=ForWhom.CHILD))


def first_lines(kept: Iterable[HelpLine]) -> list[Line]:
    """112 first, even if staff deleted it; then theirs, or ours while they have no other number."""
    lines = [line for line in kept if line.crisis and line.for_whom in FOR_THE_READER]
    danger: list[Line] = [line for line in lines if line.dialled == DANGER.dialled]
    others: list[Line] = [line for line in lines if line.dialled != DANGER.dialled]
    if not any(line.number for line in others):
        return [*(danger or [DANGER]), *LAST_RESORT[1:], *others]
    return [*(danger or [DANGER]), *others]
