"""The strategy in Wagtail's admin: what editors keep, and pages that stay where they are."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.models import Page
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cocreate.pagecache.models import bump
from cocreate.themes.access import AddOnly, ChangeOnly
from cocreate.themes.models import (
    Corrigendum,
    Difficulty,
    Fact,
    Passage,
    RelatedPolicy,
    Strategy,
    StrategyPage,
    Theme,
    ThemePage,
)
from cocreate.themes.models.editions import PassageQuerySet
from cocreate.themes.models.shown import STRATEGY_KEY

TAKES_AWAY = frozenset({"delete", "move", "unpublish"})

for given_by_the_strategy in (Difficulty, Passage, Theme):
    register_permission_policy(given_by_the_strategy, ChangeOnly(given_by_the_strategy))
register_permission_policy(Corrigendum, AddOnly(Corrigendum))


class ShortTexts(SnippetViewSet):  # type: ignore[misc]
    """ "Kort sagt" of each guideline in force: the one part of an adopted text that can change."""

    model = Passage
    icon = "edit"
    menu_label = _("Short texts")
    list_display: ClassVar[list[str]] = ["guideline_code", "plain_summary", "plain_summary_status"]
    list_filter: ClassVar[list[str]] = ["plain_summary_status", "theme"]
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> PassageQuerySet:
        in_force = Passage.objects.in_force().of_guidelines().select_related("guideline")
        return in_force.order_by("order")


class PrintingErrors(SnippetViewSet):  # type: ignore[misc]
    """Added, never changed: a wrong correction is answered by another one."""

    model = Corrigendum
    icon = "edit"
    menu_label = _("Printing errors")
    list_display: ClassVar[list[str]] = ["__str__", "edition_and_place", "published_on"]
    inspect_view_enabled = True
    copy_view_enabled = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Corrigendum]:
        place = ("passage__edition", "passage__theme", "passage__guideline")
        return Corrigendum.objects.select_related(*place)


class Facts(SnippetViewSet):  # type: ignore[misc]
    model = Fact
    icon = "help"
    menu_label = _("Facts")
    list_display: ClassVar[list[str]] = ["text", "source_or_missing", "year", "checked_on"]


class Difficulties(SnippetViewSet):  # type: ignore[misc]
    model = Difficulty
    icon = "list-ul"
    menu_label = _("Difficulties")
    list_display: ClassVar[list[str | Column]] = [
        "term",
        BooleanColumn("public", label=_("Shown to the public"), sort_key="public"),
    ]
    copy_view_enabled = False


class Policies(SnippetViewSet):  # type: ignore[misc]
    model = RelatedPolicy
    icon = "link"
    menu_label = _("Other policies")
    list_display: ClassVar[list[str]] = ["title", "url"]


class Themes(SnippetViewSet):  # type: ignore[misc]
    model = Theme
    icon = "tag"
    menu_label = _("Themes")
    list_display: ClassVar[list[str]] = ["number", "title", "colour", "symbol"]
    copy_view_enabled = False


@register_snippet
class StrategyGroup(SnippetViewSetGroup):  # type: ignore[misc]
    items = (ShortTexts, PrintingErrors, Facts, Difficulties, Policies, Themes)
    menu_label = _("The strategy")
    menu_icon = "doc-full"
    menu_order = 200


@hooks.register("after_delete_snippet")  # type: ignore[untyped-decorator]
def age_pages(request: HttpRequest, instances: Iterable[Any]) -> None:
    """Several rows removed at once do not pass their own `delete`."""
    if any(isinstance(instance, Fact | RelatedPolicy) for instance in instances):
        bump(STRATEGY_KEY)


@hooks.register("before_create_snippet")  # type: ignore[untyped-decorator]
def strategy_comes_first(request: HttpRequest, model: type[Any]) -> HttpResponse | None:
    if not issubclass(model, Fact | RelatedPolicy) or Strategy.objects.exists():
        return None
    messages.error(request, gettext("The strategy must be imported first."))
    return redirect("wagtailadmin_home")


@hooks.register("before_delete_page")  # type: ignore[untyped-decorator]
@hooks.register("before_unpublish_page")  # type: ignore[untyped-decorator]
@hooks.register("before_copy_page")  # type: ignore[untyped-decorator]
def stays(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request) if _holds_the_strategy(page) else None


@hooks.register("before_move_page")  # type: ignore[untyped-decorator]
def stays_in_place(request: HttpRequest, page: Page, destination: Page) -> HttpResponse | None:
    return _refuse(request) if _holds_the_strategy(page) else None


@hooks.register("before_bulk_action")  # type: ignore[untyped-decorator]
def all_stay(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Wagtail asks plain pages for permission here, not ours, which would say no."""
    if action_type not in TAKES_AWAY:
        return None
    pages = [row for row in objects if isinstance(row, Page)]
    return _refuse(request) if any(_holds_the_strategy(page) for page in pages) else None


def _holds_the_strategy(page: Page) -> bool:
    return bool(page.get_descendants(inclusive=True).type(StrategyPage, ThemePage).exists())


def _refuse(request: HttpRequest) -> HttpResponse:
    messages.error(
        request,
        gettext("The pages of the strategy stay where they are. You can change their texts."),
    )
    return redirect("wagtailadmin_home")
