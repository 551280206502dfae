"""What a preface says of its strategy in running sentences: name, adoption, neighbours."""

import re
from datetime import date

from cocreate.themes.importing.document import Adoption, PolicyText, Refused
from cocreate.themes.models.editions import Precision

MONTHS = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
]
_INDEFINITE = {
    "Strategien": "Strategi",
    "Politikken": "Politik",
    "Planen": "Plan",
    "Handleplanen": "Handleplan",
}
_DEFINITE = {
    "Byråd": "Byrådet",
    "Kommunalbestyrelse": "Kommunalbestyrelsen",
    "Borgerrepræsentation": "Borgerrepræsentationen",
}
_NAME = r"[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)*"
_WHEN = rf"(?:i|den) (?:(?P<day>\d{{1,2}})\. )?(?P<month>{'|'.join(MONTHS)}) (?P<year>\d{{4}})"
_ADOPTED = re.compile(
    rf"(?P<what>{'|'.join(_INDEFINITE)})(?P<about> [^.]*?)? er vedtaget af (?P<by>[^.]+?) {_WHEN}"
)
_READ_WITH = re.compile(
    r"(?:politikker|strategier|planer),? (?:eksempelvis|for eksempel|herunder|blandt andet) "
    rf"(?:{_NAME} Kommunes )?(?P<list>[^.]+)\."
)


def _sentence_about_adoption(preface: str, line: int) -> re.Match[str]:
    found = _ADOPTED.search(" ".join(preface.split()))
    if not found:
        raise Refused(
            "the preface must say by whom and when: “Strategien for … er vedtaget af … i "
            "januar 2017”.",
            line,
        )
    return found


def strategy_title(preface: str, line: int) -> str:
    """ "Strategien for …" as a title: "Strategi for …"."""
    found = _sentence_about_adoption(preface, line)
    return f"{_INDEFINITE[found['what']]}{found['about'] or ''}"


def adoption(preface: str, line: int) -> Adoption:
    found = _sentence_about_adoption(preface, line)
    body = re.sub(rf"^{_NAME} Kommunes ", "", found["by"])
    return Adoption(
        _DEFINITE.get(body, body), *adoption_date(found["day"], found["month"], found["year"], line)
    )


def adoption_date(day: str | None, month: str, year: str, line: int) -> tuple[date, Precision]:
    """A month without a day is kept as its first day and shown as the month alone."""
    try:
        on = date(int(year), MONTHS.index(month) + 1, int(day or 1))
    except ValueError:
        raise Refused(f"“{day}. {month} {year}” is no date.", line) from None
    return on, Precision.DAY if day else Precision.MONTH


def municipality(preface: str) -> str:
    found = re.search(rf"({_NAME}) Kommune", " ".join(preface.split()))
    return f"{found[1]} Kommune" if found else ""


def policies(preface: str) -> tuple[PolicyText, ...]:
    """ "… Handicappolitik, Sundhedspolitik og Kultur- og Fritidspolitik." as three titles."""
    found = _READ_WITH.search(" ".join(preface.split()))
    if not found:
        return ()
    titles = re.split(r",\s+|(?<!-) og ", found["list"])
    return tuple(PolicyText(title.strip()) for title in titles if title.strip())
