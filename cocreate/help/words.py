"""What every free text of the product is read by: the built-in rules and those that staff keep."""

from django.db.models import TextField, Value

from cocreate.help.models import RestingRule, WordKind, WordRule, known_numbers
from cocreate.text.finder import Find, Kind, Named, StaffRules, find, find_by_name

_LOOKED_FOR = (WordKind.CONCERN, WordKind.CASE)
_RESTING = "resting"


def staff_rules() -> StaffRules:
    """As they are in the database now, so that no process reads by yesterday's; what is compiled of
    them is kept in each process (finder.py). One query."""
    resting = RestingRule.objects.annotate(
        kind=Value(_RESTING), level=Value(""), not_when=Value("", output_field=TextField())
    )
    columns = ("kind", "pattern", "level", "not_when")
    rules = WordRule.objects.filter(is_on=True).order_by().values_list(*columns)
    rows = list(rules.union(resting.order_by().values_list(*columns), all=True))
    return StaffRules(
        extra=tuple(
            WordRule(kind=kind, pattern=pattern, level=level, not_when=not_when).as_extra()
            for kind, pattern, level, not_when in rows
            if kind in _LOOKED_FOR
        ),
        never=tuple(row[1] for row in rows if row[0] == WordKind.NEVER),
        off=frozenset(row[1] for row in rows if row[0] == _RESTING),
    )


def read(text: str) -> list[Find]:
    """Everything the rules notice in one text."""
    return find(text, known_numbers=known_numbers(), rules=staff_rules()) if text else []


def read_by_name(text: str) -> list[Named]:
    """The same with the rule that saw it, for whoever tries the rules."""
    return find_by_name(text, known_numbers=known_numbers(), rules=staff_rules())


def kinds_in(text: str) -> frozenset[Kind]:
    """What a page shows the one who wrote it: help for a concern, the way for one's own case."""
    return frozenset(one.kind for one in read(text))


def is_of_concern(text: str) -> bool:
    """Whether help is to be shown to the one who wrote it."""
    return Kind.CONCERN in kinds_in(text)
