"""Our own Markdown layout, for a municipality that would rather type than take a PDF apart."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

from cocreate.themes.importing.document import FactText, GuidelineText, PolicyText, Refused
from cocreate.themes.importing.reading import parse
from cocreate.themes.models.editions import Precision


def test_a_whole_strategy_is_read(layout: str) -> None:
    document = parse(layout)
    assert document.title == "Strategi for nye naboer"
    assert document.titles == ("Den første tid", "Plads til forskelle")
    assert document.signature == "Rigmor Testesen\nFormand for By- og Naboudvalget"
    assert len(document.preface.split("\n\n")) == 3
    assert document.themes[0].lead_in == "Derfor vil vi"
    assert len(document.themes[0].challenge.split("\n\n")) == 2


def test_codes_may_be_given_and_the_next_one_follows(layout: str) -> None:
    assert parse(layout).themes[0].guidelines == (
        GuidelineText(1, "banke på hos alle, der er flyttet ind. Det gør vi med kaffe og god tid"),
        GuidelineText(2, "vise vej til læge, skole og bibliotek"),
        GuidelineText(10, "svare på spørgsmål"),
    )


def test_facts_bring_their_source_and_year(layout: str) -> None:
    assert parse(layout).facts == (
        FactText(
            "hver tredje i Solbæk er flyttet hertil inden for ti år?",
            (),
            "Solbæk Kommunes tal for flytninger",
            2018,
        ),
        FactText(
            "nye naboer ofte savner flere ting på én gang? Det kan være",
            ("nogen at tale med", "et job"),
        ),
    )


def test_policies_may_have_a_link(layout: str) -> None:
    assert parse(layout).policies == (
        PolicyText("Boligpolitik"),
        PolicyText("Skolepolitik", "https://solbaek.example/skole"),
    )


def test_the_day_of_adoption_is_kept(layout: str) -> None:
    adoption = parse(layout).adoption
    assert adoption is not None
    assert (adoption.on, adoption.precision) == (date(2019, 3, 14), Precision.DAY)


@pytest.mark.parametrize(
    ("instead_of", "put", "at", "reason"),
    [
        ("- vise vej", "- 1.1 vise vej", "- 1.1 vise", "used twice"),
        ("- 1.10 svare", "- 2.3 svare", "- 2.3 svare", "stands in theme 1"),
        ("- vise vej", "- 1.0 vise vej", "- 1.0 vise", "out of order"),
        ("- 1.10 svare på spørgsmål", "- ", "- ", "without words"),
        ("I Solbæk hilser vi på den, der er ny.", "", "## Tema 1", "“### Vision”"),
        ("### Vision\n\nI Solbæk er", "### Drøm\n\nI Solbæk er", "### Drøm", "part of a theme"),
        ("## Underskrift", "## Bilag", "## Bilag", "no part of a strategy"),
        ("## Tema 1:", "## Tema 2:", "## Tema 2", "stands where 1 belongs"),
        ("- Den første tid", "- Den sidste tid", "- Den sidste", "no section"),
        ("- Plads til forskelle\n", "", "- Den første", "names 1 themes"),
        ("Vedtaget af: Kommunalbestyrelsen\n", "", "# Strategi", "“Vedtaget af:” is missing"),
        ("14. marts 2019", "31. februar 2019", "Vedtaget: 31", "is no date"),
        ("14. marts 2019", "i fjor", "Vedtaget: i fjor", "write the date as"),
        ("År: 2018", "År: sidste", "År: sidste", "four digits"),
        ("## Læses sammen med", "#### Læses sammen", "#### Læses", "with ## or ###"),
        ("Kommune: Solbæk", "Land: Danmark", "Land:", "may stand under the title"),
        ("## Underskrift", "## Forord", "## Forord", "second time"),
        ("### Retningslinjer\n\nDerfor", "Derfor", "## Tema 1", "“### Retningslinjer”"),
        ("- lave flere fællesrum", "Vi laver rum.", "### Retningslinjer", "no guidelines"),
        ("- Boligpolitik", "Boligpolitik", "Boligpolitik", "belong to no part"),
    ],
)
def test_a_wrong_file_is_refused_with_the_line(
    layout: str, instead_of: str, put: str, at: str, reason: str
) -> None:
    changed = layout.replace(instead_of, put, 1)
    with pytest.raises(Refused, match=reason) as refused:
        parse(changed)
    assert refused.value.line is not None
    assert changed.split("\n")[refused.value.line - 1].lstrip().startswith(at)


def test_the_example_in_the_documentation_can_be_imported() -> None:
    page = Path(settings.BASE_DIR / "docs" / "strategy-layout.md").read_text(encoding="utf-8")
    example = page.split("```markdown\n")[1].split("```")[0]
    document = parse(example)
    assert len(document.themes) == 2
    assert document.facts and document.policies and document.signature
