"""A strategy as read from a file, before anything is written; and what makes a file refused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cocreate.themes.models.editions import Kind, Precision


class Refused(Exception):
    """The file cannot be imported: one plain sentence, with the line where that was seen."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        self.reason = reason
        self.line = line
        super().__init__(f"Line {line}: {reason}" if line else reason)


@dataclass(frozen=True)
class Adoption:
    by: str
    on: date
    precision: Precision

    def __str__(self) -> str:
        form = "%B %Y" if self.precision == Precision.MONTH else "%-d %B %Y"
        return f"{self.on.strftime(form)} by {self.by}"


@dataclass(frozen=True)
class GuidelineText:
    number: int
    text: str


@dataclass(frozen=True)
class ThemeText:
    number: int
    title: str
    challenge: str
    vision: str
    lead_in: str
    guidelines: tuple[GuidelineText, ...]


@dataclass(frozen=True)
class FactText:
    text: str
    difficulties: tuple[str, ...] = ()
    source: str = ""
    year: int | None = None


@dataclass(frozen=True)
class PolicyText:
    title: str
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Where in a strategy words stand: the same place in a file and in an edition."""

    kind: Kind
    theme: int | None = None
    guideline: int | None = None

    def __str__(self) -> str:
        if self.guideline:
            return f"{self.theme}.{self.guideline}"
        name = f"the {self.kind.value.replace('_', '-')}"
        return f"{name} of theme {self.theme}" if self.theme else name


@dataclass(frozen=True)
class PassageText:
    place: Place
    text: str


@dataclass(frozen=True)
class StrategyDocument:
    title: str
    municipality: str
    adoption: Adoption | None
    preface: str
    signature: str
    themes: tuple[ThemeText, ...]
    facts: tuple[FactText, ...] = ()
    policies: tuple[PolicyText, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(theme.title for theme in self.themes)

    @property
    def guideline_count(self) -> int:
        return sum(len(theme.guidelines) for theme in self.themes)

    @property
    def difficulty_count(self) -> int:
        return sum(len(fact.difficulties) for fact in self.facts)

    def passages(self) -> Iterator[PassageText]:
        """All printed words that an edition holds, in printed order."""
        if self.preface:
            yield PassageText(Place(Kind.PREFACE), self.preface)
        if self.signature:
            yield PassageText(Place(Kind.SIGNATURE), self.signature)
        for theme in self.themes:
            yield PassageText(Place(Kind.CHALLENGE, theme.number), theme.challenge)
            yield PassageText(Place(Kind.VISION, theme.number), theme.vision)
            if theme.lead_in:
                yield PassageText(Place(Kind.LEAD_IN, theme.number), theme.lead_in)
            for item in theme.guidelines:
                yield PassageText(Place(Kind.GUIDELINE, theme.number, item.number), item.text)
