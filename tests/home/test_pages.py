"""Pages of text: those others link to by name, and those an editor adds."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Site

from cocreate.text.lix import lix
from home.models import FIXED_SLUGS, HomePage, StandardPage

pytestmark = pytest.mark.usefixtures("house")

KINDS = ("Når du skriver en fortælling", "Når du skriver i en samtale", "Når du siger til om noget")
QUESTIONS = ("Hvad gemmer vi?", "Hvorfor?", "Hvem ser det?", "Hvor længe?", "får du det væk?")


def words_of(page: str) -> str:
    main = page[page.index("<main") : page.index("</main>")]
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(?:p|h1|h2|li)>", ".\n", main)))


@pytest.mark.parametrize("name", FIXED_SLUGS)
def test_a_page_that_others_link_to_can_be_read(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
    assert not answer.cookies
    assert StandardPage.objects.get(slug=FIXED_SLUGS[name]).url == reverse(name)


@pytest.mark.parametrize("name", FIXED_SLUGS)
def test_the_first_texts_are_plain_danish(client: Client, name: str) -> None:
    assert lix(words_of(client.get(reverse(name)).content.decode())) <= 35


def test_privacy_answers_five_questions_for_each_way_to_take_part(client: Client) -> None:
    page = words_of(client.get(reverse("privacy")).content.decode()).replace("ser den", "ser det")
    page = page.replace("får du den væk", "får du det væk")
    for kind, following in zip(KINDS, [*KINDS[1:], "Når du har en konto"], strict=True):
        part = page[page.index(kind) : page.index(following)]
        assert all(question in part for question in QUESTIONS), kind


@pytest.mark.parametrize("name", FIXED_SLUGS)
def test_in_english_the_danish_text_is_marked_as_danish(client: Client, name: str) -> None:
    page = client.get(f"/en{reverse(name)}").content.decode()
    assert '<html lang="en">' in page and 'lang="da"' in page


def new_page(slug: str = "moeder", **columns: object) -> StandardPage:
    page = StandardPage(title="Møder", slug=slug, intro="Vi mødes hver tirsdag.", **columns)
    HomePage.objects.get(locale__language_code="da").add_child(instance=page)
    page.save_revision().publish()
    return page


def test_a_page_an_editor_adds_has_an_address_in_both_languages(client: Client) -> None:
    assert client.get("/moeder/").status_code == 404
    new_page()
    assert "Vi mødes hver tirsdag." in client.get("/moeder/").content.decode()
    assert 'lang="da"' in client.get("/en/moeder/").content.decode()


def test_a_page_is_found_in_danish_while_english_has_only_a_front_page(client: Client) -> None:
    new_page()
    english = HomePage.objects.get().copy_for_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    assert client.get("/en/moeder/").status_code == 200
    assert client.get(f"/en{reverse('privacy')}").status_code == 200


def test_a_page_that_is_taken_down_is_gone_at_the_next_request(client: Client) -> None:
    page = new_page()
    assert client.get("/moeder/").status_code == 200
    page.unpublish()
    assert client.get("/moeder/").status_code == 404


def test_a_draft_is_nobodys_to_read(client: Client) -> None:
    page = new_page()
    page.intro = "Hemmeligt udkast"
    page.save_revision()
    assert "Hemmeligt udkast" not in client.get("/moeder/").content.decode()


def test_without_a_site_a_page_is_missing_and_nothing_breaks(client: Client) -> None:
    Site.objects.all().delete()
    assert client.get("/moeder/").status_code == 404
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/%00/", "/a%ffb/", "/../../etc/passwd", "/" + "x/" * 300])
def test_an_odd_address_is_an_ordinary_answer(client: Client, path: str) -> None:
    assert client.get(path).status_code in {400, 404}


def test_the_cookies_are_as_the_privacy_page_says(client: Client) -> None:
    """None for reading; for writing they are gone with the browser, or after a day."""
    assert not client.get(reverse("privacy")).cookies
    written = client.get(reverse("tell")).cookies
    assert len(written) <= 2
    assert all(not cookie["max-age"] or cookie["max-age"] <= 86_400 for cookie in written.values())
