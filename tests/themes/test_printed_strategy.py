"""Text taken out of a PDF becomes the words that were printed."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cocreate.themes.importing.document import FactText, PolicyText, Refused, StrategyDocument
from cocreate.themes.importing.reading import parse, read_document
from cocreate.themes.models.editions import Kind, Precision

HEADINGS = ["Forord", "Vidste", "du,", "at…"]
SOURCE = (Path(__file__).parent / "data" / "solbaek.txt").read_text(encoding="utf-8")


def words_of(document: StrategyDocument) -> Counter[str]:
    """All stored words and the headings that only give the text its form."""
    texts = [passage.text for passage in document.passages()] + list(document.titles)
    for fact in document.facts:
        texts += [fact.text, *fact.difficulties]
    headings = HEADINGS + ["Vision"] * len(document.themes)
    return Counter(plain(" ".join(texts))) + Counter(headings)


def plain(text: str) -> list[str]:
    without_bullets = re.sub("[\ue000-\uf8ff]", " ", text)
    healed = re.sub(r"(\w)-[ ]*\n\s*(?!og )([a-zæøå])", r"\1\2", without_bullets)
    return [word.strip("”") for word in healed.split()]


def test_every_printed_word_has_one_home(printed: str, solbaek: StrategyDocument) -> None:
    assert words_of(solbaek) == Counter(plain(printed))


def test_themes_stand_in_the_order_of_the_preface(solbaek: StrategyDocument) -> None:
    assert solbaek.titles == ("Den første tid", "Plads til forskelle", "Naboen som støtte")
    assert [len(theme.guidelines) for theme in solbaek.themes] == [3, 2, 4]


def test_the_preface_says_what_the_strategy_is_called_and_who_adopted_it(
    solbaek: StrategyDocument,
) -> None:
    assert solbaek.title == "Strategi for nye naboer"
    assert solbaek.municipality == "Solbæk Kommune"
    assert solbaek.adoption is not None
    assert solbaek.adoption.by == "Kommunalbestyrelsen"
    assert solbaek.adoption.on == date(2019, 3, 1)
    assert solbaek.adoption.precision == Precision.MONTH


def test_paragraphs_of_the_preface_are_kept(solbaek: StrategyDocument) -> None:
    paragraphs = solbaek.preface.split("\n\n")
    assert len(paragraphs) == 7
    assert paragraphs[0].endswith("finder folk at tale med.")
    assert "Og det vil vi gerne hjælpe på vej." in solbaek.preface  # over a page break


def test_the_signature_is_a_name_and_a_title(solbaek: StrategyDocument) -> None:
    assert solbaek.signature == "Rigmor Testesen\nFormand for By- og Naboudvalget"


def test_a_hyphen_at_a_line_break_is_healed_and_others_are_kept(solbaek: StrategyDocument) -> None:
    assert solbaek.themes[1].guidelines[0].text == "lave flere fællesrum, der er åbne om aftenen"
    assert "hvor man kommer fra - kan bidrage" in solbaek.preface
    assert "Unge- og Ældrepolitik" in solbaek.preface


def test_a_misprint_stays_and_a_second_sentence_stays_with_its_guideline(
    solbaek: StrategyDocument,
) -> None:
    assert solbaek.themes[0].guidelines[0].text == (
        "bnake på hos alle, der er flyttet ind, og give dem en ”nabobog” med navne og steder. "
        "Det gør vi med kaffe, god tid og et åbent sind"
    )


def test_a_vision_goes_on_over_the_page(solbaek: StrategyDocument) -> None:
    assert solbaek.themes[1].vision.split("\n\n") == [
        "I Solbæk er der ”plads til forskelle”.",
        "Alle skal have et sted at høre til, og vi laver steder, hvor man kan være, uden at købe "
        "noget.",
        "Der skal være højt til loftet og bænke i solen. Målet er ikke, at alle ligner hinanden, "
        "men at alle bliver hilst på.",
    ]


def test_lead_ins_are_kept(solbaek: StrategyDocument) -> None:
    lead_ins = [p.text for p in solbaek.passages() if p.place.kind == Kind.LEAD_IN]
    assert lead_ins == ["Retningslinjerne for det, vi gør sammen, er derfor at…"] * 3


def test_claims_and_the_list_under_the_last_of_them(solbaek: StrategyDocument) -> None:
    assert solbaek.facts == (
        FactText("hver tredje i Solbæk er flyttet hertil inden for ti år?"),
        FactText("antallet af tomme huse faldt med 12 pct. fra 2010–2016?"),
        FactText(
            "nye naboer ofte savner flere ting på én gang - i gennemsnit 2,4? Det kan f.eks. være",
            ("Nogen at tale med", "Et job", "Kriminalitet", "Personlige og praktiske ting", "Ro"),
        ),
    )


def test_neighbouring_policies_are_found_in_the_preface(solbaek: StrategyDocument) -> None:
    assert solbaek.policies == (
        PolicyText("Boligpolitik"),
        PolicyText("Skolepolitik"),
        PolicyText("Unge- og Ældrepolitik"),
    )


def test_the_same_text_without_empty_lines_between_gives_the_same_strategy(
    printed: str, solbaek: StrategyDocument
) -> None:
    """Another program prints single spaced, and marks new pages with a form feed."""
    lines = printed.split("\n")
    single: list[str] = []
    empty = 0
    for line in lines:
        if not line.strip():
            empty += 1
            continue
        if single:
            single += [""] if empty > 1 else []
            line = line if empty else "\f" + line
        single.append(line)
        empty = 0
    assert parse("\n".join(single)) == solbaek


def test_the_real_strategy_is_read_to_the_last_word(real_file: Path) -> None:
    source = real_file.read_text(encoding="utf-8")
    document = read_document(real_file)
    assert words_of(document) == Counter(plain(source))


def test_the_real_strategy_is_read_as_printed(real_file: Path) -> None:
    document = read_document(real_file)
    first = document.themes[0].guidelines[0].text
    assert [len(theme.guidelines) for theme in document.themes] == [9, 6, 6, 6]
    assert all(theme.challenge and theme.vision and theme.lead_in for theme in document.themes)
    assert first.startswith("anderkende ")
    assert first.count(". ") == 1
    assert "boligsituation og" in document.themes[2].guidelines[0].text
    assert len(document.themes[2].vision.split("\n\n")) == 3
    assert len(document.preface.split("\n\n")) == 10
    assert [len(fact.difficulties) for fact in document.facts] == [0, 0, 0, 16]
    assert len(document.policies) == 3
    assert len(document.signature.split("\n")) == 2
    assert str(document.adoption) == "January 2017 by Byrådet"


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, len(SOURCE)),
    st.integers(0, 400),
    st.one_of(st.text(max_size=30), st.sampled_from(["\nVision\n", "\n\uf0a7 \n", "\n\n\n", "\f"])),
)
def test_a_damaged_file_is_read_or_refused_but_never_breaks_the_command(
    start: int, length: int, put: str
) -> None:
    damaged = SOURCE[:start] + put + SOURCE[start + length :]
    try:
        document = parse(damaged)
    except Refused as refused:
        assert refused.reason
    else:
        assert document.titles
