"""The first page somebody meets."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from cocreate.themes.models import Fact, Theme
from home.models import HomePage, SiteTexts
from tests.cast import Cast, give_story, show

pytestmark = pytest.mark.usefixtures("house")


def test_a_stranger_sees_what_it_is_about_and_where_to_begin(client: Client) -> None:
    page = client.get("/").content.decode()
    assert "Din erfaring kan ændre strategien" in page
    assert f'class="btn" href="{reverse("tell")}"' in page
    assert page.count('class="btn"') == 1
    assert 'href="/hjaelp-nu/"' in page


def test_the_foot_leads_to_who_is_behind_it(client: Client) -> None:
    for start, about in (("/", "/om/"), ("/en/", "/en/om/")):
        foot = client.get(start).content.decode().partition("<footer")[2]
        assert f'href="{about}"' in foot
        assert client.get(about).status_code == 200


def test_every_theme_stands_there_with_its_guidelines(client: Client) -> None:
    page = client.get("/").content.decode()
    for theme in Theme.objects.all():
        assert f'href="{theme.get_absolute_url()}">{theme.title}' in page
    assert Theme.objects.count() == 4


def test_a_relative_finds_their_own_way_in(client: Client) -> None:
    theme = Theme.objects.get(title__icontains="pårørende")
    page = client.get("/").content.decode()
    assert f'class="btn btn-2" href="{theme.get_absolute_url()}"' in page


def test_a_strategy_without_relatives_has_no_door_for_them(client: Client) -> None:
    Theme.objects.filter(title__icontains="pårørende").update(title="Byen")
    hero = client.get("/").content.decode().split('class="row acts"')[1].split("</div>")[0]
    assert hero.count("<a ") == 1


def test_the_newest_story_stands_there_after_a_host_has_shown_it(
    client: Client, cast: Cast
) -> None:
    assert "En nøgle" not in client.get("/").content.decode()
    show(give_story(title="En nøgle"), by=cast.host)
    assert "En nøgle" in client.get("/").content.decode()


def test_a_fact_without_a_source_is_not_shown(client: Client) -> None:
    Fact.objects.update(source="")
    first = Fact.objects.order_by("order").first()
    assert first is not None
    assert first.text not in client.get("/").content.decode()


def test_reading_it_sets_no_cookie_and_asks_for_nothing(client: Client) -> None:
    answer = client.get("/")
    assert not answer.cookies
    assert "<form" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-cache"


def test_the_second_reader_gets_it_from_the_cache_and_the_third_knows_it_already(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get("/")
    with django_assert_num_queries(1):
        assert client.get("/").content == first.content
    assert client.get("/", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("stories", [0, 5])
@pytest.mark.db
def test_it_takes_few_queries_however_much_there_is(
    client: Client, cast: Cast, stories: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(stories):
        show(give_story(f"Det er fortælling nummer {number}.", title=f"Nr. {number}"), by=cast.host)
    client.get("/privatliv/")
    with django_assert_max_num_queries(8):
        assert client.get("/").status_code == 200


def test_new_texts_of_an_editor_stand_there_at_the_next_request(client: Client) -> None:
    client.get("/")
    page = HomePage.objects.get()
    page.heading = "Hvad skal der stå i strategien?"
    page.save_revision().publish()
    assert "Hvad skal der stå i strategien?" in client.get("/").content.decode()
    texts = SiteTexts.objects.get()
    texts.phone = "12 34 56 78"
    texts.save()
    assert "12 34 56 78" in client.get("/").content.decode()


def test_in_english_a_text_that_is_missing_is_shown_in_danish_and_says_so(client: Client) -> None:
    page = client.get("/en/").content.decode()
    assert '<html lang="en">' in page
    assert 'class="flow" lang="da"' in page
    assert "Din erfaring kan ændre strategien" in page


def test_an_english_front_page_is_shown_when_there_is_one(client: Client) -> None:
    from wagtail.models import Locale

    danish = HomePage.objects.get()
    english = danish.copy_for_translation(Locale.objects.get(language_code="en"))
    english.heading = "Your experience can change the strategy"
    english.save_revision().publish()
    assert "Your experience can change the strategy" in client.get("/en/").content.decode()
    assert "Din erfaring kan ændre strategien" in client.get("/").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_it_can_only_be_read(client: Client, method: str) -> None:
    assert getattr(client, method)("/").status_code == 405
