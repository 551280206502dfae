"""A wrong file is refused with the line and the reason, and nothing of it is saved."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cocreate.themes.importing.document import Refused
from cocreate.themes.importing.reading import parse
from cocreate.themes.importing.source import decode
from cocreate.themes.models import Edition, Fact, Passage, Strategy, Theme

ENGLISH = """Preface

Our municipality wants all of the people who move to the town to find someone to talk to.

 First time
 Room for all
"""
SWEDISH = (
    "Förord\n\nVi vill att alla som flyttar hit ska hitta någon att tala med, och det är av vikt.\n"
)


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.split("\n"), 1) if words in line)


def refused(text: str) -> Refused:
    with pytest.raises(Refused) as caught:
        parse(text)
    return caught.value


@pytest.mark.parametrize("content", [b"", b"  \n \n", b"\xef\xbb\xbf"])
def test_an_empty_file(content: bytes) -> None:
    with pytest.raises(Refused, match="Line 1: the file is empty"):
        decode(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7\n\x00\x01", "Line 1: this is a PDF"),
        (b"Forord\n\nord\x00ord\n", "Line 3: the file holds bytes that are not text"),
        ("Forord\n\nfællesskab\n".encode("latin-1"), "Line 3: the file is not text in UTF-8"),
        (b"Forord\n\nord\x07ord\n", r"Line 3: the sign U\+0007 is not text"),
        (b"a" * 2_000_001, "larger than 2 MB"),
    ],
)
def test_a_file_that_is_no_text(content: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        decode(content)


NORWEGIAN = (
    "Forord\n\nVi vil at alle som flytter hit skal bli møtt av noen, og at de får noe av oss.\n"
)


@pytest.mark.parametrize("text", [ENGLISH, SWEDISH, NORWEGIAN, "123 456"])
def test_another_language(text: str) -> None:
    problem = refused(text)
    assert problem.line == 1


def test_a_text_that_does_not_begin_with_a_preface(printed: str) -> None:
    assert "“Forord”" in refused(printed.replace("Forord", "Indhold", 1)).reason


def test_a_preface_without_a_list_of_themes(printed: str) -> None:
    for title in ("Den første tid", "Plads til forskelle", "Naboen som støtte"):
        printed = printed.replace(f"\uf0a7 {title}", title, 1)
    assert "no list of themes" in refused(printed).reason


def test_more_themes_in_the_list_than_sections(printed: str) -> None:
    text = printed.replace("\uf0a7 Naboen som støtte", "\uf0a7 Naboen som støtte\n\n\uf0a7 Lys", 1)
    problem = refused(text)
    assert problem.line == line_of(text, "\uf0a7 Lys")
    assert "names 4 themes, but there are 3 sections" in problem.reason


def test_more_sections_than_themes_in_the_list(printed: str) -> None:
    text = printed.replace("\uf0a7 Naboen som støtte \n\n", "", 1)
    problem = refused(text)
    assert problem.line == line_of(text, "En nabo kan være den")
    assert "section 3 begins" in problem.reason


def test_a_section_under_the_title_of_another_theme(printed: str) -> None:
    text = printed.replace(" Folk lever", " Naboen som støtte \n\nFolk lever", 1)
    problem = refused(text)
    assert text.split("\n")[(problem.line or 0) - 1] == " Naboen som støtte "
    assert "where the preface's list has “Plads til forskelle”" in problem.reason


def test_sections_may_carry_their_own_titles(printed: str) -> None:
    text = printed.replace(" Folk lever", " Plads til forskelle \n\nFolk lever", 1)
    assert parse(text) == parse(printed)


def test_a_theme_without_a_vision(printed: str) -> None:
    before, _sep, after = printed.partition("Vision \n\nI Solbæk er der")
    text = before + "I Solbæk er der" + after
    problem = refused(text)
    assert problem.line == line_of(text, "lave flere fælles-") - 6
    assert "no vision" in problem.reason


def test_a_theme_without_a_challenge(printed: str) -> None:
    start, end = printed.index(" Folk lever"), printed.index("Vision \n\nI Solbæk er der")
    text = printed[:start] + "\n\n\n" + printed[end:]
    assert "no text on the challenge" in refused(text).reason


def test_a_theme_without_guidelines(printed: str) -> None:
    start = printed.index("\uf0a7 spørge, om man")
    end = printed.index(" ”Vidste du")
    assert "section 3" in refused(printed[:start] + printed[end:]).reason


def test_words_that_belong_nowhere(printed: str) -> None:
    text = printed.rstrip() + "\n\n\n\nUdgivet af Solbæk Kommune i marts.\n"
    problem = refused(text)
    assert problem.line == line_of(text, "Udgivet af")


def test_a_second_list_in_the_preface(printed: str) -> None:
    text = printed.replace("Tak til alle, der", "\uf0a7 Tak til alle, der", 1)
    problem = refused(text)
    assert problem.line == line_of(text, "Tak til alle, der")


def test_page_numbers(printed: str) -> None:
    text = printed.replace("Vision \n", "7 \n\nVision \n", 1)
    problem = refused(text)
    assert problem.line == line_of(text, "7 ")
    assert "page numbers" in problem.reason


def test_too_many_themes(printed: str) -> None:
    more = "".join(f"\uf0a7 Tema om {n} ting \n\n" for n in range(9))
    text = printed.replace(
        "\uf0a7 Plads til forskelle \n\n", more + "\uf0a7 Plads til forskelle \n\n"
    )
    problem = refused(text.replace("\uf0a7 Den første", "\uf0a7 Mere \n\n\uf0a7 Den første", 1))
    assert "names 13 themes" in problem.reason


def test_a_preface_that_does_not_say_who_adopted_the_strategy(printed: str) -> None:
    problem = refused(printed.replace("er vedtaget af", "er skrevet af", 1))
    assert "by whom and when" in problem.reason


def test_a_name_longer_than_fits(layout: str) -> None:
    assert "longer than 100" in refused(layout.replace("Solbæk Kommune\n", "S" * 101 + "\n")).reason


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["missing.txt", ""])
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(CommandError, match=r"cannot be read|is a folder"):
        call_command("import_strategy", str(tmp_path / name))


@pytest.mark.django_db
def test_nothing_is_saved_of_a_refused_file(tmp_path: Path, printed: str) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(printed.rstrip() + "\n\n\n\nUdgivet af os.\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"^Line \d+: these words belong to no part"):
        call_command("import_strategy", str(wrong))
    assert not any(m.objects.exists() for m in (Strategy, Theme, Edition, Passage, Fact))
