"""What editors write around the strategy: an introduction, a picture, a short summary.

The strategy itself is not here, and these pages have fixed addresses of their own: Django's views
find the page by its theme and call `serve`, and show the same page without an editorial part where
none is published.
"""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, Panel
from wagtail.blocks import RichTextBlock, StreamBlock
from wagtail.fields import StreamField
from wagtail.models import Page, PagePermissionTester
from wagtail.snippets.blocks import SnippetChooserBlock

from cocreate.pictures.models import Illustrated
from cocreate.themes import contents
from cocreate.themes.access import FixedPage
from cocreate.themes.models.strategy import Theme


class IntroText(StreamBlock):  # type: ignore[misc]
    """Thin blocks only. There is none for a quotation: people's words never come here."""

    paragraph = RichTextBlock(
        label=_("Text"), features=["bold", "link", "ul", "ol"], icon="pilcrow"
    )
    fact = SnippetChooserBlock(
        "themes.Fact", label=_("A fact"), icon="help", template="themes/blocks/fact.html"
    )


class EditorialPage(Illustrated, Page):  # type: ignore[misc, django-manager-missing]
    """One for each language. Made by `prepare_pages`, edited by editors, never taken away."""

    summary = models.TextField(
        _("in short"), max_length=300, blank=True, help_text=_("One or two plain sentences.")
    )
    intro = StreamField(IntroText(required=False), verbose_name=_("introduction"), blank=True)

    # A page kept for some would have to leave the page cache the moment it is closed.
    private_page_options: ClassVar[list[str]] = []
    settings_panels: ClassVar[list[Panel]] = []
    content_panels: ClassVar[list[Panel]] = [
        FieldPanel("summary", help_text=_("A few plain sentences. The first stands in lists.")),
        FieldPanel("intro"),
        *Illustrated.picture_panels,
    ]
    promote_panels: ClassVar[list[Panel]] = [
        MultiFieldPanel(["seo_title", "search_description"], _("For search engines"))
    ]

    class Meta:
        abstract = True

    def address(self) -> str:
        """The fixed address, in the language that is active."""
        raise NotImplementedError

    def get_url_parts(self, request: HttpRequest | None = None) -> tuple[int, str, str] | None:
        parts = super().get_url_parts(request)
        if not parts:
            return None
        with translation.override(self.locale.language_code):
            return parts[0], parts[1], self.address()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Not found by its place in the tree: it has one address and no other."""
        raise Http404

    def permissions_for_user(self, user: Any) -> PagePermissionTester:
        return FixedPage(user, self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        # A text that is missing in this language is shown in the other one, and says so.
        context["text_language"] = self.locale.language_code
        return context


class StrategyPage(EditorialPage):
    template = "themes/strategy.html"
    is_creatable = False
    subpage_types: ClassVar[list[str]] = ["themes.ThemePage"]

    class Meta:
        verbose_name = _("page of the strategy")
        verbose_name_plural = _("pages of the strategy")

    def address(self) -> str:
        return reverse("strategy")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | contents.strategy_context()


class ThemePage(EditorialPage):
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="pages")

    template = "themes/theme.html"
    is_creatable = False
    parent_page_types: ClassVar[list[str]] = ["themes.StrategyPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("page of a theme")
        verbose_name_plural = _("pages of themes")

    def address(self) -> str:
        return reverse("theme", args=[self.theme.slug])

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | contents.theme_context(self.theme.slug)
