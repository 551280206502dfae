"""Making the site ready, once and again."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from pytest_django import Settings
from wagtail.models import Collection, Locale, Page, Site

from cocreate.help.models import HelpLine
from home.models import FIXED_SLUGS, HomePage, SiteTexts, StandardPage
from home.operations import prepare_site

pytestmark = pytest.mark.django_db


def counts() -> list[int]:
    models = (Page, Site, SiteTexts, Locale, Collection, HelpLine, Group)
    permissions = Group.objects.get(name="editor").permissions.count()
    return [*(model.objects.count() for model in models), permissions]


@pytest.mark.db
def test_twice_is_once() -> None:
    assert len(prepare_site()) > 3
    once = counts()
    assert prepare_site() == []
    assert counts() == once


@pytest.mark.db
def test_it_works_in_a_database_with_nothing_in_it() -> None:
    for model in (Site, Page, Collection, Locale, Group):
        model.objects.all().delete()
    prepare_site()
    assert set(StandardPage.objects.values_list("slug", flat=True)) == set(FIXED_SLUGS.values())
    assert HomePage.objects.get().get_parent().is_root()


def test_it_leaves_alone_what_an_editor_has_changed() -> None:
    prepare_site()
    page = StandardPage.objects.get(slug="privatliv")
    page.intro = "Vores egne ord."
    page.save_revision().publish()
    SiteTexts.objects.update(phone="12 34 56 78")
    HelpLine.objects.exclude(number="112").delete()
    prepare_site()
    assert StandardPage.objects.get(slug="privatliv").intro == "Vores egne ord."
    assert SiteTexts.objects.get().phone == "12 34 56 78"
    assert HelpLine.objects.count() == 1


def test_the_site_stands_at_its_address(settings: Settings) -> None:
    settings.SITE_URL = "https://strategi.eksempel.dk"
    prepare_site()
    site = Site.objects.get()
    assert (site.hostname, site.port, site.is_default_site) == ("strategi.eksempel.dk", 443, True)
    settings.SITE_URL = "http://localhost:8123"
    prepare_site()
    assert (Site.objects.get().hostname, Site.objects.get().port) == ("localhost", 8123)


def test_wagtails_own_welcome_and_groups_are_gone() -> None:
    prepare_site()
    assert not Page.objects.filter(title__startswith="Welcome").exists()
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()


def test_no_phone_number_is_invented() -> None:
    prepare_site()
    assert SiteTexts.objects.get().phone == ""
    assert not HelpLine.objects.exclude(checked_on=None).exists()


def test_the_demonstration_shows_an_example_that_says_it_is_one(settings: Settings) -> None:
    settings.DEMONSTRATION_CAST = True
    prepare_site()
    texts = SiteTexts.objects.get()
    assert texts.phone == "00 00 00 00" and "ikke et rigtigt nummer" in texts.phone_hours


def test_the_command_says_what_it_made() -> None:
    out = StringIO()
    call_command("prepare_site", stdout=out)
    assert "/privatliv/" in out.getvalue()
