"""Whether a rule that somebody on the staff has written may read people's words.

The language is that of phrases.py with narrow limits, so that no rule is slow and none is so wide
that hosts stop looking. Each refusal is a sentence to the one who wrote it.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from cocreate.text import concern, corpus
from cocreate.text.finder import NO_RULES, ExtraRule, Kind, Level, StaffRules, find

MOST_PARTS, MOST_CHOICES, MOST_SKIPPED, MOST_SKIPPED_IN_ALL = 12, 20, 6, 12
SHORTEST_BEGINNING, SHORTEST_TELLING, SHORTEST_ALONE = 3, 5, 8
_WORD = re.compile(r"[^\W\d_]+\*?|\d+\*?")
_GAP = re.compile(r"~[1-9]")
# In nearly every text: a rule of such words alone sees everything.
_COMMON_WORDS = """
jeg mig min mit mine du dig din dit dine han ham hans hun hende hendes den det de dem deres vi os
vores i jer jeres man sig sin sit sine en et at og eller men som der her så nu da når hvis om for
fra til på af med ved under over efter før uden mod hos mellem er var være været bliver blev blive
har havde have haft kan kunne skal skulle vil ville må måtte får fik få fået gør gjorde gøre går
gik gå kommer kom komme siger sagde sige ser se tager tog tage giver gav give ikke kun også bare
meget mere mest lidt noget nogen nogle alle alt altid aldrig igen ind ud op ned hjem hjemme godt
god gode dag dage aften nat år tid gang gange andre anden andet hvad hvem hvor hvordan hvorfor
kommune kommunen kommunens mand kone barn børn mor far liv livet dårligt svært hjælp problem
problemer kontanthjælp førtidspension sagsbehandler sagsbehandleren sagsbehandlere pårørende
værested værestedet bosted bostedet jobcenter jobcentret arbejde arbejdet bolig lejlighed
lejligheden medarbejder medarbejdere personale personalet familie familien mennesker menneske
borger borgere strategi strategien forslag ansøgning ansøgningen telefon telefonen psykiatri
psykiatrien misbrug behandling ensomhed ensom hjemløs hjemløse fællesskab forældre sammen hverdag
hverdagen spørgsmål oplevelse oplevelser erfaring erfaringer snakke fortælle fortalte ringede
ringer telefonnummer
"""
COMMON = frozenset(_COMMON_WORDS.split())


def why_not_a_pattern(pattern: str) -> str:
    """What is wrong with how it is written; empty when nothing is."""
    parts = pattern.lower().split()
    if not parts:
        return _("Write the words that the rule is to look for.")
    if len(parts) > MOST_PARTS:
        return _("Use at most %(most)d words.") % {"most": MOST_PARTS}
    for part in parts:
        if wrong := _why_not_a_part(part):
            return wrong
    gaps = [int(part[1:]) for part in parts if part.startswith("~")]
    if sum(gaps) > MOST_SKIPPED_IN_ALL:
        most = {"most": MOST_SKIPPED_IN_ALL}
        return _("The gaps are too wide. Let them be %(most)d words in all at most.") % most
    if any(_is_loose(end) for end in (parts[0], parts[-1])):
        return _("Let the rule begin and end with a word.")
    if not any(_says_something(part) for part in parts if not _is_loose(part)):
        return _(
            "Those words are in nearly every text. Add a word that says what it is about, at least "
            "%(least)d letters long."
        ) % {"least": SHORTEST_TELLING}
    if len(parts) == 1 and any(len(word) < SHORTEST_ALONE for word in _words(parts[0])):
        return _("One short word alone is too wide. Write what stands beside it too.")
    return ""


def _why_not_a_part(part: str) -> str:
    said = {"part": part}
    if part == ".":
        return ""
    if part.startswith("~"):
        if _GAP.fullmatch(part) and int(part[1:]) <= MOST_SKIPPED:
            return ""
        return _("“%(part)s” is not a gap. Write ~1 to ~6 for so many words of any kind.") % said
    words = part.removesuffix("?").split("|")
    if len(words) > MOST_CHOICES:
        return _("There are too many choices in one place. Use at most %(most)d.") % {
            "most": MOST_CHOICES
        }
    for word in words:
        if not _WORD.fullmatch(word):
            return (
                _("“%(part)s” is not a word. Use letters, and the signs that are explained.") % said
            )
        if word.endswith("*") and len(word) <= SHORTEST_BEGINNING:
            least = {**said, "least": SHORTEST_BEGINNING}
            return _("“%(part)s” is too short a beginning. Use at least %(least)d letters.") % least
    return ""


def _is_loose(part: str) -> bool:
    """Asks for no word of its own."""
    return part == "." or part.startswith("~") or part.endswith("?")


def _says_something(part: str) -> bool:
    return all(len(word) >= SHORTEST_TELLING and word not in COMMON for word in _words(part))


def _words(part: str) -> list[str]:
    return [word.removesuffix("*") for word in part.split("|")]


def false_alarms(rule: ExtraRule) -> list[str]:
    """The neutral sentences that a rule would see."""
    alone = StaffRules(extra=(rule,))
    return [said for said in corpus.NEUTRAL if _sees_more(said, rule.kind, alone)]


def silenced(never: str) -> list[str]:
    """The sentences of concern that nobody would be told of any more."""
    milder = StaffRules(never=(never,))
    return [
        said
        for said in corpus.CONCERN
        if _count(said, Kind.CONCERN, NO_RULES) and not _count(said, Kind.CONCERN, milder)
    ]


def _sees_more(said: str, kind: Kind, rules: StaffRules) -> bool:
    return _count(said, kind, rules) > _count(said, kind, NO_RULES)


def _count(said: str, kind: Kind, rules: StaffRules) -> int:
    return sum(one.kind == kind for one in find(said, rules=rules))


def built_in_that_may_rest() -> list[str]:
    """All but those that tell of a plan or a farewell."""
    return [source for source, level in concern.RULES if level is not Level.HIGH]


def found_of(sentences: Iterable[str], kinds: frozenset[Kind], rules: StaffRules) -> list[bool]:
    """For each sentence whether something of these kinds is found in it."""
    return [any(one.kind in kinds for one in find(said, rules=rules)) for said in sentences]
