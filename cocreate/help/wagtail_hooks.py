"""Where editors keep the help lines, and where they see which ones need a call."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from cocreate.help.models import HelpLine


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


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def show_lines_to_check(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("help.change_helpline"):
        panels.append(LinesToCheck())
