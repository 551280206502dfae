"""Where editors keep the help lines, and where they see which ones need a call."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from cocreate.help.models import ClosedDay, HelpLine, RestingRule, StaffedHours, WordRule
from cocreate.help.word_box import word_box


class HelpLineViewSet(ModelViewSet):  # type: ignore[misc]
    model = HelpLine
    icon = "mobile-alt"
    menu_label = _("Help lines")
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["name", "number", Column("standing", label=_("Standing"))]
    form_fields = [
        "name",
        "number",
        "description",
        "hours",
        "for_whom",
        "crisis",
        "place",
        "url",
        "order",
        "checked_on",
        "valid_until",
    ]
    search_fields = ["name", "number", "description"]


class WordRuleViewSet(ModelViewSet):  # type: ignore[misc]
    model = WordRule
    icon = "search"
    menu_label = _("Word rules")
    copy_view_enabled = False
    list_display = ["pattern", "kind", "level", BooleanColumn("is_on", label=_("In use")), "note"]
    list_filter = ["kind", "level", "is_on"]
    form_fields = ["kind", "pattern", "level", "not_when", "note", "is_on"]
    search_fields = ["pattern", "note"]


class RestingRuleViewSet(ModelViewSet):  # type: ignore[misc]
    model = RestingRule
    icon = "view"
    menu_label = _("Built-in rules out of use")
    copy_view_enabled = False
    list_display = ["pattern", "reason"]
    form_fields = ["pattern", "reason"]


class StaffedHoursViewSet(ModelViewSet):  # type: ignore[misc]
    model = StaffedHours
    icon = "date"
    menu_label = _("Staffed hours")
    copy_view_enabled = False
    list_display = ["weekday", "opens", "closes"]
    form_fields = ["weekday", "opens", "closes"]


class ClosedDayViewSet(ModelViewSet):  # type: ignore[misc]
    model = ClosedDay
    icon = "date"
    menu_label = _("Closed days")
    copy_view_enabled = False
    list_display = ["day", "note"]
    form_fields = ["day", "note"]


class ForRuleKeepers(MenuItem):  # type: ignore[misc]
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("help.change_wordrule"))


class WordBoxViewSet(ViewSet):  # type: ignore[misc]
    icon = "search"
    menu_label = _("Try the word rules")
    menu_item_class = ForRuleKeepers

    def get_urlpatterns(self) -> list[URLPattern]:
        return [path("", word_box, name="try")]


class SafetyGroup(ViewSetGroup):  # type: ignore[misc]
    menu_label = _("Worry and call-backs")
    menu_icon = "warning"
    menu_order = 255
    items = (
        WordRuleViewSet("wordrule"),
        RestingRuleViewSet("restingrule"),
        WordBoxViewSet("word_box"),
        StaffedHoursViewSet("staffedhours"),
        ClosedDayViewSet("closedday"),
    )


class LinesToCheck(Component):  # type: ignore[misc]
    """On the first page of the admin: help lines that nobody has called for long."""

    order = 50
    name = "help_lines_to_check"

    def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString:
        lines = list(HelpLine.objects.to_check())
        if not lines:
            return SafeString()
        return render_to_string(
            "help/lines_to_check.html",
            {"lines": [(line, reverse("helpline:edit", args=[line.pk])) for line in lines]},
        )


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def help_lines() -> ModelViewSet:
    return HelpLineViewSet("helpline")


@hooks.register("register_admin_viewset")  # type: ignore[untyped-decorator]
def safety() -> ViewSetGroup:
    return SafetyGroup()


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def show_lines_to_check(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("help.change_helpline"):
        panels.append(LinesToCheck())
