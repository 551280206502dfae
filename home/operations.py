"""What a new installation needs before anybody visits it. Run as often as one likes: it makes what
is missing and leaves alone what an editor has changed."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.images.models import Image
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Site,
)

from cocreate.accounts.models import Role
from cocreate.help.operations import prepare_help_lines
from cocreate.themes.operations import prepare_pages
from home.first_pages import first_page
from home.models import FIXED_SLUGS, HomePage, SiteTexts, StandardPage

FRONT_SLUG = "forside"
MAY_DO_WITH_PAGES = ("add_page", "change_page", "publish_page")
MAY_DO_WITH_PICTURES = ("add_image", "change_image", "choose_image")
# What the foot of a page looks like with a phone. No Danish number begins with a nought, and the
# words beside it say that it is none.
EXAMPLE_PHONE = {
    "phone": "00 00 00 00",
    "phone_hours": "hverdage 9–15. Et eksempel, ikke et rigtigt nummer",
}
# Wagtail's own first rows, which this product has other ones for (wagtail/migrations/0002).
WAGTAIL_GROUPS = ("Moderators", "Editors")
WAGTAIL_WELCOME = "Welcome to your new Wagtail site!"


def prepare_site() -> list[str]:
    """Makes what is missing, all or nothing, and says what in one line each."""
    with transaction.atomic():
        return list(_prepare())


def _prepare() -> Iterator[str]:
    locale = _locales()
    root, pictures = _roots(locale)
    home = HomePage.objects.filter(locale=locale).first()
    if home is None:
        home = _front_page(root, locale)
        yield "The front page."
    _site(home)
    _clear_wagtails_own(root)
    for slug in FIXED_SLUGS.values():
        if not StandardPage.objects.child_of(home).filter(slug=slug).exists():
            _standard_page(home, slug)
            yield f"The page /{slug}/."
    yield from prepare_pages(home)
    if lines := prepare_help_lines():
        yield f"{lines} help lines, not checked yet."
    _permissions(home, pictures)


def _locales() -> Locale:
    for language, _name in settings.WAGTAIL_CONTENT_LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    return Locale.objects.get(language_code=settings.LANGUAGE_CODE)


def _roots(locale: Locale) -> tuple[Page, Collection]:
    """A flushed database has neither; Wagtail makes them in a migration only."""
    page = Page.get_first_root_node() or Page.add_root(title="Root", slug="root", locale=locale)
    return page, Collection.get_first_root_node() or Collection.add_root(name="Root")


def _front_page(root: Page, locale: Locale) -> HomePage:
    text = first_page(locale.language_code, FRONT_SLUG)
    page = HomePage(
        title="Forside", slug=FRONT_SLUG, heading=text.title, lead=text.intro, locale=locale
    )
    root.add_child(instance=page)
    # Without a revision Wagtail's editor answers its own first question with an error.
    page.save_revision().publish()
    return page


def _standard_page(home: HomePage, slug: str) -> None:
    text = first_page(home.locale.language_code, slug)
    page = StandardPage(
        title=text.title, slug=slug, intro=text.intro, body=text.body, locale=home.locale
    )
    home.add_child(instance=page)
    page.save_revision().publish()


def _site(home: HomePage) -> None:
    """One site, at SITE_URL, with the Danish front page as its root."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
    site.hostname, site.port, site.root_page = address.hostname or "localhost", port, home
    site.site_name = settings.WAGTAIL_SITE_NAME
    site.save()
    SiteTexts.objects.get_or_create(
        site=site,
        defaults={
            "name": settings.WAGTAIL_SITE_NAME,
            "tagline": "for borgere i udsatte positioner",
            "reading_hours": "hverdage 9–15",
            **(EXAMPLE_PHONE if settings.DEMONSTRATION_CAST else {}),
        },
    )


def _clear_wagtails_own(root: Page) -> None:
    for page in root.get_children().filter(title=WAGTAIL_WELCOME, numchild=0):
        if page.specific_class is Page:
            page.delete()
    Group.objects.filter(name__in=WAGTAIL_GROUPS, user=None).delete()


def _permissions(home: HomePage, pictures: Collection) -> None:
    """What an editor may do. Accounts and groups are not among it, nor anything people wrote."""
    editors, _made = Group.objects.get_or_create(name=Role.EDITOR)
    for codename in MAY_DO_WITH_PAGES:
        permission = _permission("wagtailcore", "page", codename)
        GroupPagePermission.objects.get_or_create(group=editors, page=home, permission=permission)
    for codename in MAY_DO_WITH_PICTURES:
        GroupCollectionPermission.objects.get_or_create(
            group=editors,
            collection=pictures,
            permission=_permission("wagtailimages", Image._meta.model_name, codename),
        )
    editors.permissions.add(
        _permission("wagtailadmin", "admin", "access_admin"),
        _permission("home", "sitetexts", "change_sitetexts"),
        *(
            _permission("help", model, f"{verb}_{model}")
            for model in ("helpline", "wordrule", "restingrule", "staffedhours", "closedday")
            for verb in ("view", "add", "change", "delete")
        ),
        *(
            _permission("wordings", "textrecord", f"{verb}_textrecord")
            for verb in ("view", "add", "change", "delete")
        ),
    )


def _permission(app: str, model: str, codename: str) -> Permission:
    return Permission.objects.get(
        content_type__app_label=app, content_type__model=model, codename=codename
    )
