"""Wagtail's admin as an editor meets it."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Page

from cocreate.accounts.models import User
from cocreate.pictures.models import Picture
from cocreate.pictures.pixels import redraw
from home.models import HomePage, SiteTexts, StandardPage
from tests.cast import Cast
from tests.pictures.conftest import stored
from tests.pictures.files import picture, position, saved

# The name of a format, an example in a hint, a line for browsers without script, a guide one may
# choose to open: a browser loads nothing from them.
NOT_LOADED = {"www.w3.org", "domain.com", "www.enable-javascript.com", "guide.wagtail.org"}
LOADED = re.compile(
    r"""(?:src|srcset|poster|action|data-[\w-]+|<link[^>]+href)=["']\s*(?:https?:)?//"""
)


def kept() -> Picture:
    fresh = redraw(BytesIO(saved(picture(), "PNG")), name="a.png")
    return Picture.objects.create(
        title="Et hus", file=fresh, collection=Collection.get_first_root_node()
    )


def pages_of_the_admin() -> list[str]:
    privacy = StandardPage.objects.get(slug="privatliv")
    return [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[HomePage.objects.get().pk]),
        reverse("wagtailadmin_pages:edit", args=[privacy.pk]),
        reverse("wagtailadmin_pages:history", args=[privacy.pk]),
        reverse("wagtailimages:index"),
        reverse("wagtailimages:add"),
        reverse("wagtailimages:edit", args=[kept().pk]),
        reverse("helpline:index"),
        reverse("helpline:add"),
        reverse("wagtailsettings:edit", args=["home", "sitetexts"]),
        reverse("wagtailadmin_account"),
    ]


def test_every_page_an_editor_uses_can_be_opened_and_calls_nobody(editor: Client) -> None:
    for address in pages_of_the_admin():
        answer = editor.get(address, follow=True)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        hosts = set(re.findall(r"""https?:\\?/\\?/([\w.-]+)""", page))
        assert hosts <= NOT_LOADED | {"testserver"}, (address, hosts)
        assert not LOADED.search(page), (address, LOADED.search(page))
        assert "gravatar" not in page


def menu(client: Client) -> str:
    page = client.get(reverse("wagtailadmin_home")).content.decode()
    props = re.search(r"""id="wagtail-sidebar-props"[^>]*>(.+?)</script>""", page, re.DOTALL)
    assert props
    return props[1]


def test_the_menu_has_only_what_is_used(editor: Client) -> None:
    shown = menu(editor)
    for name in ("explorer", "images", "settings"):
        assert f'"name": "{name}"' in shown
    for name in ("reports", "help", "users", "groups", "workflows", "documents", "redirects"):
        assert f'"name": "{name}"' not in shown
    assert "wagtail.org" not in shown


@pytest.mark.parametrize(
    "name", ["wagtailusers_users:index", "wagtailusers_users:add", "wagtailusers_groups:index"]
)
def test_an_editor_cannot_reach_accounts(editor: Client, name: str) -> None:
    answer = editor.get(reverse(name))
    assert answer.status_code in {302, 403}
    assert "cast.example" not in answer.content.decode()


def test_an_editor_cannot_make_themselves_more_than_that(editor: Client, cast: Cast) -> None:
    group = Group.objects.get(name="host")
    data = {"email": cast.editor.email, "groups": [group.pk], "is_superuser": "on"}
    editor.post(reverse("wagtailusers_users:edit", args=[cast.editor.pk]), data)
    changed = User.objects.get(pk=cast.editor.pk)
    assert not changed.is_superuser
    assert changed.roles == {"editor"}


def test_a_portrait_cannot_be_stored_as_it_comes(editor: Client, media: Path) -> None:
    """Wagtail would keep it raw, with the place it was taken at."""
    address = reverse("wagtailadmin_account")
    shown = editor.get(address).content.decode()
    answers = dict(re.findall(r'name="((?:locale|theme|name_email)-[\w-]+)"()', shown))
    answers |= {"locale-preferred_language": "da", "locale-current_time_zone": "Europe/Copenhagen"}
    answers |= {"theme-theme": "system", "theme-contrast": "system", "theme-density": "default"}
    answers |= {"name_email-first_name": "Ea", "name_email-last_name": "Holm"}
    photo = saved(picture(), "JPEG", exif=position())
    upload = SimpleUploadedFile("me.jpg", photo, content_type="image/jpeg")
    answer = editor.post(address, {**answers, "avatar-avatar": upload})
    assert answer.status_code == 302
    assert stored(media) == []
    assert 'type="file"' not in editor.get(address).content.decode()


def edit(editor: Client, page: Page, **changed: str) -> object:
    """What the editor's form sends back, with some answers changed."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    shown = editor.get(address).context["form"]
    data = {
        "title": page.title,
        "slug": page.slug,
        "intro": page.specific.intro,
        "seo_title": "",
        "search_description": "",
        "picture": "",
        "picture_alt": "",
        "body-count": "1",
        "body-0-deleted": "",
        "body-0-order": "0",
        "body-0-type": "heading",
        "body-0-id": "",
        "body-0-value": "Nyt afsnit",
        "action-publish": "action-publish",
        **changed,
    }
    assert set(shown.fields) <= set(data) | {"body", "picture_decorates", "comment_notifications"}
    return editor.post(address, data)


def privacy() -> StandardPage:
    return StandardPage.objects.get(slug="privatliv")


def test_an_editor_changes_a_page_and_everybody_reads_it(editor: Client, client: Client) -> None:
    assert client.get("/privatliv/").status_code == 200
    assert edit(editor, privacy(), intro="Nye ord om privatliv.").status_code == 302
    page = client.get("/privatliv/").content.decode()
    assert "Nye ord om privatliv." in page and "<h2>Nyt afsnit</h2>" in page


def test_the_address_of_a_page_that_others_link_to_cannot_be_changed(editor: Client) -> None:
    answer = edit(editor, privacy(), slug="hemmeligt")
    assert answer.status_code == 200
    assert "slug" in answer.context["form"].errors
    assert privacy().slug == "privatliv"


def test_a_page_cannot_take_an_address_that_is_in_use(editor: Client) -> None:
    page = StandardPage(title="Møder", slug="moeder")
    HomePage.objects.get().add_child(instance=page)
    page.save_revision().publish()
    answer = edit(editor, page, slug="hjaelp-nu")
    assert "slug" in answer.context["form"].errors
    assert edit(editor, page, slug="vores-moeder").status_code == 302


def test_a_picture_needs_a_word_on_what_it_shows(editor: Client) -> None:
    chosen = str(kept().pk)
    answer = edit(editor, privacy(), picture=chosen)
    assert "picture_alt" in answer.context["form"].errors
    both = edit(editor, privacy(), picture=chosen, picture_alt="Et hus", picture_decorates="on")
    assert "picture_alt" in both.context["form"].errors
    assert edit(editor, privacy(), picture=chosen, picture_alt="Et hus").status_code == 302
    assert privacy().picture_id == int(chosen)


def test_a_picture_on_a_page_is_shown_with_its_words(editor: Client, client: Client) -> None:
    edit(editor, privacy(), picture=str(kept().pk), picture_alt="Et hus med åben dør")
    page = client.get("/privatliv/").content.decode()
    source = re.search(r'<img src="(/medier/images/[^"]+)"[^>]* alt="Et hus med åben dør">', page)
    assert source
    answer = client.get(source[1])
    assert b"".join(answer)[8:12] == b"WEBP"
    assert answer["Content-Type"] == "image/webp"


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_a_page_that_others_link_to_is_never_taken_away(editor: Client, action: str) -> None:
    for page in (privacy(), HomePage.objects.get()):
        editor.post(reverse(f"wagtailadmin_pages:{action}", args=[page.pk]))
        assert Page.objects.get(pk=page.pk).live


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_not_even_among_many(editor: Client, action: str) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    editor.post(f"{address}?id={privacy().pk}&next=/admin/", {"chooser": HomePage.objects.get().pk})
    assert privacy().live
    assert privacy().get_parent().specific == HomePage.objects.get()


def test_no_page_is_kept_for_some(editor: Client, client: Client) -> None:
    address = reverse("wagtailadmin_pages:set_privacy", args=[privacy().pk])
    editor.post(address, {"restriction_type": "login", "password": "", "groups": []})
    assert client.get("/privatliv/").status_code == 200
    assert not privacy().get_view_restrictions().exists()


def test_an_editor_keeps_the_texts_on_every_page(editor: Client, client: Client) -> None:
    texts = SiteTexts.objects.get()
    answer = editor.post(
        reverse("wagtailsettings:edit", args=["home", "sitetexts", texts.site_id]),
        {"name": "Vores strategi", "tagline": "", "phone": "12 34 56 78", "phone_hours": "",
         "reading_hours": ""},
    )  # fmt: skip
    assert answer.status_code == 302
    assert "tel:12345678" in client.get("/").content.decode()


def test_editors_are_asked_for_a_phone_number_until_there_is_one(editor: Client) -> None:
    address = reverse(
        "wagtailsettings:edit", args=["home", "sitetexts", SiteTexts.objects.get().site_id]
    )
    start = reverse("wagtailadmin_home")
    assert f'href="{address}"' in editor.get(start).content.decode()
    SiteTexts.objects.update(phone="12 34 56 78")
    assert f'href="{address}"' not in editor.get(start).content.decode()


def test_documents_are_not_offered(editor: Client) -> None:
    assert editor.get("/admin/documents/").status_code == 404
    assert editor.get("/admin/api/main/documents/").status_code == 404


@pytest.mark.parametrize("person", ["stranger", "citizen", "host", "politician", "staff"])
def test_nobody_else_gets_in(house: None, cast: Cast, person: str) -> None:
    answer = cast.client(person).get(reverse("wagtailadmin_home"))
    assert answer.status_code in {302, 403}


def test_rich_text_offers_little(house: None) -> None:
    from wagtail.rich_text import features

    assert set(features.get_default_features()) == {"bold", "link", "ul", "ol"}
    body = StandardPage._meta.get_field("body").stream_block.child_blocks["paragraph"]
    assert set(body.features) == {"bold", "link", "ul", "ol"}
