"""What two editions of the strategy have and have not, for the eye, the ear and the printer."""

import re
from html import unescape
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from cocreate.pagecache.models import bump
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.importing.writing import write_edition
from cocreate.themes.models import Passage
from cocreate.themes.operations import import_strategy
from tests.moderation.pages.acts import says
from tests.themes.conftest import strategy_of
from tests.themes.editions import next_edition

pytestmark = pytest.mark.django_db
COMPARISON = "/strategien/2/mod/1/"


@pytest.fixture
def two_editions(solbaek: StrategyDocument) -> None:
    """In theme 1 and 2 a guideline is changed, in 2 one is new, in 3 one is left out."""
    import_strategy(solbaek)
    next_edition(
        {"1.2": "vise vej til læge og bibliotek", "2.1": "lave flere fællesrum"},
        new={2: "hilse på alle"},
        left_out=("3.1",),
    )


def main(page: HttpResponse) -> str:
    assert page.status_code == 200
    return unescape(page.content.decode().partition("<main")[2].partition("</main>")[0])


def counted(page: HttpResponse, one: str, many: str, number: int) -> bool:
    """Whether a Danish page holds this sentence with its number."""
    with translation.override("da"):
        return translation.ngettext(one, many, number) % {"number": number} in main(page)


def uid_of(code: str) -> UUID:
    return Passage.objects.filter(guideline__code=code).values_list("uid", flat=True)[0]


def heard(html: str) -> str:
    """The page as a screen reader has it: no colour, no lines, all that is written."""
    return " ".join(re.sub(r"<[^>]+>", "", html).split())


# --- what is said ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_editions")
def test_the_comparison_begins_with_a_sum(client: Client) -> None:
    page = client.get(COMPARISON)
    for said, number in (("changed", 2), ("new", 1), ("left out", 1), ("unchanged", 17)):
        one = f"%(number)s passage is {said}."
        assert counted(page, one, f"%(number)s passages are {said}.", number), said
    html = main(page)
    assert html.index('id="summary"') < html.index("<del>")


@pytest.mark.usefixtures("two_editions")
def test_a_change_is_marked_word_by_word_and_counted(client: Client) -> None:
    page = client.get(f"{COMPARISON}?stykke={uid_of('1.2')}")
    html = main(page)
    assert re.search(r"vise vej til læge<del>.*?, skole.*?</del> og bibliotek</p>", html, re.S)
    assert "<ins>" not in html
    one = "%(number)s word is taken out."
    assert counted(page, one, "%(number)s words are taken out.", 1)
    assert not counted(page, "%(number)s word is put in.", "%(number)s words are put in.", 1)


@pytest.mark.usefixtures("two_editions")
def test_a_change_is_heard_where_it_begins_and_where_it_ends(client: Client) -> None:
    html = main(client.get(f"/en{COMPARISON}?stykke={uid_of('1.2')}"))
    assert "læge(taken out: , skole, end) og bibliotek" in heard(html)
    for mark in re.findall(r"<(?:del|ins)>.*?</(?:del|ins)>", html, re.S):
        assert (
            re.findall(r'<span class="vh" lang="en">', mark) == ['<span class="vh" lang="en">'] * 2
        )


@pytest.mark.usefixtures("two_editions")
def test_both_wordings_stand_there_plain(client: Client) -> None:
    html = main(client.get(f"{COMPARISON}?stykke={uid_of('1.2')}"))
    plain = heard(html.partition("<details")[2])
    assert "vise vej til læge, skole og bibliotek" in plain
    assert "vise vej til læge og bibliotek" in plain


@pytest.mark.usefixtures("two_editions")
@pytest.mark.parametrize(
    ("code", "sentence", "words"),
    [
        (
            "2.3",
            "All of it is new: it stands in edition %(newer)s and not in edition %(older)s.",
            "hilse på alle",
        ),
        (
            "3.1",
            "All of it is left out: it stands in edition %(older)s and not in edition %(newer)s.",
            "spørge, om man vil have en nabo, der ser ind",
        ),
    ],
)
def test_a_whole_passage_is_new_or_left_out_in_words(
    client: Client, code: str, sentence: str, words: str
) -> None:
    page = client.get(f"{COMPARISON}?stykke={uid_of(code)}")
    html = main(page)
    assert says(page, sentence, newer=2, older=1)
    assert words in html and code in html
    assert "<ins>" not in html and "<del>" not in html


@pytest.mark.usefixtures("two_editions")
def test_parts_follow_the_strategy_and_each_kind_of_change_the_other(client: Client) -> None:
    html = main(client.get(COMPARISON))
    parts = re.findall(r'<h2 id="part-(\d)"', html)
    assert parts == ["0", "1", "2", "3"]
    second = html.partition('id="part-2"')[2].partition('id="part-3"')[0]
    places = [second.index(mark) for mark in ("/2.1/", "/2.3/", "<details", "/2.2/")]
    assert places[0] < places[1] < places[3]


@pytest.mark.usefixtures("two_editions")
def test_what_is_unchanged_is_folded_away_with_its_number(client: Client) -> None:
    page = client.get(f"{COMPARISON}?tema=3")
    one, many = "%(number)s passage is unchanged", "%(number)s passages are unchanged"
    assert counted(page, one, many, 6)
    folded = main(page).partition("<details")[2].partition("</details>")[0]
    assert "<details" in main(page) and "open" not in folded.partition(">")[0]
    assert "/strategien/2/3.4/" in folded


def test_signs_that_changed_are_said_to_be_no_words(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    next_edition({"1.2": "vise vej til læge, skole og bibliotek."})
    page = client.get(f"{COMPARISON}?stykke={uid_of('1.2')}")
    assert says(page, "No word is changed, only signs or spaces.")


def test_marks_end_and_begin_again_at_a_new_paragraph(
    client: Client, solbaek: StrategyDocument
) -> None:
    import_strategy(solbaek)
    words = Passage.objects.get(kind="vision", theme__number=1).text
    next_edition({"tema-1-vision": f"{words}\n\nEn ny ting.\n\nOg en til."})
    html = main(client.get(f"{COMPARISON}?tema=1"))
    assert len(re.findall(r'<p class="official tracked" lang="da"><ins>', html)) == 2
    assert re.findall(r"<ins>(?:(?!</ins>).)*</p>", html, re.S) == []


def test_markup_in_the_words_stays_text(client: Client, solbaek: StrategyDocument) -> None:
    import_strategy(solbaek)
    next_edition({"1.2": "vise <script>alert(1)</script> & vej til læge, skole og bibliotek"})
    content = client.get(COMPARISON).content.decode()
    assert "<script>alert" not in content
    assert "&lt;" in content


# --- what one asks for ----------------------------------------------------------------------------


@pytest.mark.usefixtures("two_editions")
def test_one_theme_can_be_read_alone(client: Client) -> None:
    html = main(client.get(f"{COMPARISON}?tema=2"))
    assert re.findall(r'<h2 id="part-(\d)"', html) == ["2"]
    assert "hilse på alle" in html and "nabo, der ser ind" not in html
    assert re.findall(r'<h2 id="part-(\d)"', main(client.get(f"{COMPARISON}?tema=0"))) == ["0"]


@pytest.mark.usefixtures("two_editions")
def test_one_passage_can_be_read_alone_and_leads_to_the_rest(client: Client) -> None:
    html = main(client.get(f"{COMPARISON}?stykke={uid_of('1.2')}"))
    assert len(re.findall("<h3", html)) == 1
    assert f'href="{COMPARISON}"' in html
    unchanged = main(client.get(f"{COMPARISON}?stykke={uid_of('1.1')}"))
    assert "/strategien/2/1.1/" in unchanged and "<ins>" not in unchanged


@pytest.mark.usefixtures("two_editions")
@pytest.mark.parametrize(
    "query",
    [
        "tema=9",
        "tema=",
        "tema=x",
        "tema=-1",
        "tema=01",
        "tema=２",
        "tema=99999999999999999999",
        "stykke=",
        "stykke=1",
        f"stykke={UUID(int=7)}",
        "stykke=" + "f" * 4_000,
    ],
)
def test_what_nobody_can_choose_is_not_there(client: Client, query: str) -> None:
    assert client.get(f"{COMPARISON}?{query}").status_code == 404


@pytest.mark.usefixtures("two_editions")
@pytest.mark.parametrize("query", ["tema=%00", "stykke=%00", "stykke=%ff"])
def test_signs_that_no_text_holds_are_refused(client: Client, query: str) -> None:
    assert client.get(f"{COMPARISON}?{query}").status_code in {400, 404}


@pytest.mark.usefixtures("two_editions")
def test_a_passage_of_another_theme_is_not_there(client: Client) -> None:
    uid = uid_of("1.2")
    assert client.get(f"{COMPARISON}?tema=1&stykke={uid}").status_code == 200
    assert client.get(f"{COMPARISON}?tema=2&stykke={uid}").status_code == 404


# --- which two ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("two_editions")
def test_two_editions_may_be_compared_backwards(client: Client) -> None:
    backwards = "Edition %(newer)s is the older of the two: you read backwards."
    page = client.get(f"/strategien/1/mod/2/?stykke={uid_of('1.2')}")
    assert re.search(r"vise vej til læge<ins>.*?, skole.*?</ins> og bibliotek", main(page), re.S)
    assert says(page, backwards, newer=1) and f'href="{COMPARISON}"' in main(page)
    assert not says(client.get(COMPARISON), backwards, newer=2)


@pytest.mark.usefixtures("two_editions")
def test_an_edition_compared_with_itself_says_that_nothing_differs(client: Client) -> None:
    page = client.get("/strategien/2/mod/2/")
    assert says(page, "This is one and the same edition, so nothing differs.")
    assert "<h2" not in main(page)


@pytest.mark.usefixtures("two_editions")
def test_editions_that_do_not_follow_each_other_are_compared_too(client: Client) -> None:
    next_edition({"1.2": "vise vej til lægen"})
    html = main(client.get(f"/strategien/3/mod/1/?stykke={uid_of('1.2')}"))
    assert "lægen" in html and "skole" in html


# --- cache and cost -------------------------------------------------------------------------------


@pytest.mark.parametrize(("themes", "guidelines"), [(1, 2), (9, 30)])
@pytest.mark.parametrize("query", ["", "?tema=1"])
def test_a_comparison_costs_the_same_however_much_has_changed(
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
    query: str,
    themes: int,
    guidelines: int,
) -> None:
    write_edition(strategy_of(themes, guidelines), demonstration=True)
    next_edition(
        {f"{number}.1": "gøre tingene om" for number in range(1, themes + 1)}, new={1: "nyt"}
    )
    client.get(COMPARISON + query)  # Wagtail remembers where its sites begin
    bump("site")
    with django_assert_max_num_queries(10) as seen:
        assert client.get(COMPARISON + query).status_code == 200
    assert len(seen) == 6


@pytest.mark.usefixtures("two_editions")
def test_a_comparison_is_kept_whole_and_in_parts(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for query in ("", "?tema=2", f"?stykke={uid_of('1.2')}"):
        first = client.get(COMPARISON + query)
        with django_assert_max_num_queries(1):
            assert client.get(COMPARISON + query).content == first.content
