"""The front page, the pages around it, and the few texts that stand on every page."""

from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester

from cocreate.pagecache.models import bump
from cocreate.pictures.models import Illustrated
from cocreate.themes.access import FixedPage
from home import access
from home.front import front_context

# Every page of this app reads this key; whoever changes what they show bumps it.
SITE_KEY = "site"
# Django serves these under names of their own (home/urls.py): footers and forms link to them.
FIXED_SLUGS = {
    "privacy": "privatliv",
    "how_we_use_it": "saadan-bruger-vi-det",
    "about": "om",
}


class PageText(StreamBlock):  # type: ignore[misc]
    """Two thin blocks are enough for a text. No embed phones out, no document goes unchecked."""

    heading = CharBlock(
        label=_("Heading"), max_length=120, icon="title", template="home/blocks/heading.html"
    )
    paragraph = RichTextBlock(
        label=_("Text"), features=["bold", "link", "ul", "ol"], icon="pilcrow"
    )


class StaffPage(Page):  # type: ignore[misc]
    """What our Wagtail pages share: one language each, public, and never scheduled."""

    # A page kept for some would have to leave the page cache the moment it is closed.
    private_page_options: ClassVar[list[str]] = []
    settings_panels: ClassVar[list[Panel]] = []
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(["slug", "seo_title", "search_description"], _("For search engines"))
    ]

    class Meta:
        abstract = True

    def is_fixed(self) -> bool:
        """Other pages lead here by name, so it can be edited but not taken away."""
        return True

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        tester = FixedPage if self.is_fixed() else access.PublicPage
        return tester(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # A text that is missing in this language is shown in the other one, and says so.
        context["text_language"] = self.locale.language_code
        return context


class HomePage(StaffPage):
    """The front page, one in each language. Its other parts show what is stored elsewhere."""

    heading: "models.CharField[str, str]" = models.CharField(_("heading"), max_length=120)
    lead: "models.TextField[str, str]" = models.TextField(
        _("first lines"), max_length=400, help_text=_("What the strategy is about, in plain words.")
    )

    template = "home/front.html"
    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["home.StandardPage", "themes.StrategyPage"]
    max_count = len(settings.LANGUAGES)
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("heading"),
        FieldPanel("lead"),
    ]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def clean(self) -> None:
        super().clean()
        others = HomePage.objects.exclude(pk=self.pk).filter(locale_id=self.locale_id)
        if self.locale_id and others.exists():
            raise ValidationError(_("There is a front page in this language already."))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | front_context()


class StandardPage(Illustrated, StaffPage):  # type: ignore[django-manager-missing]
    """A page of text: privacy, how we use what people say, about the site, and what else is due."""

    intro = models.TextField(_("first lines"), max_length=500, blank=True)
    body = StreamField(PageText(required=False), verbose_name=_("text"), blank=True)

    template = "home/standard_page.html"
    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Panel]] = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
        *Illustrated.picture_panels,
    ]

    class Meta:
        verbose_name = _("page of text")
        verbose_name_plural = _("pages of text")

    def is_fixed(self) -> bool:
        return self._stored_slug() in FIXED_SLUGS.values()

    def clean(self) -> None:
        super().clean()
        if self.is_fixed() and self.slug != self._stored_slug():
            raise ValidationError(
                {"slug": _("Other pages link to this address, so it cannot be changed.")}
            )
        if self.slug and not self.is_fixed() and _is_taken(self.slug):
            raise ValidationError({"slug": _("Another part of the site has this address.")})

    def _stored_slug(self) -> str:
        if not self.pk:
            return ""
        stored = Page.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        return str(stored or "")


def _is_taken(slug: str) -> bool:
    """Whether a Django address of the same name would always hide the page."""
    if slug in FIXED_SLUGS.values():
        return False
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return resolve(f"/{slug}/").url_name != "wagtail_serve"
        except Resolver404:
            return False


@register_setting(icon="site")
class SiteTexts(BaseSiteSetting):  # type: ignore[misc]
    """What stands on every page: name, phone and when somebody reads."""

    name: "models.CharField[str, str]" = models.CharField(_("name of the site"), max_length=80)
    tagline: "models.CharField[str, str]" = models.CharField(
        _("line under the name"), max_length=120, blank=True
    )
    phone: "models.CharField[str, str]" = models.CharField(
        _("phone"), max_length=20, blank=True, help_text=_("Answered by a person.")
    )
    phone_hours: "models.CharField[str, str]" = models.CharField(
        _("when the phone is answered"),
        max_length=80,
        blank=True,
        help_text=_("For example: weekdays 9–15"),
    )
    reading_hours: "models.CharField[str, str]" = models.CharField(
        _("when somebody reads what people write"),
        max_length=80,
        blank=True,
        help_text=_("For example: weekdays 9–15"),
    )

    panels: ClassVar[list[Panel]] = [
        FieldPanel("name"),
        FieldPanel("tagline"),
        MultiFieldPanel(["phone", "phone_hours"], _("Phone")),
        FieldPanel("reading_hours"),
    ]

    class Meta:
        verbose_name = _("texts on every page")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Ages the cached pages in the same transaction: they all show this row, and it has no
        other operation that writes it than Wagtail's own settings form."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            bump(SITE_KEY)
