"""Wagtail's admin as editors meet it: quiet, and with no door that leads outside."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.rich_text.feature_registry import FeatureRegistry

from home.models import SiteTexts

# Reports on workflows and locks, which are not used; help, whose pages lie at guide.wagtail.org.
NOT_IN_THE_MENU = frozenset({"reports", "help"})
# What any text field without a list of its own offers. No embed (it phones out), no picture (it
# would skip the question of what it shows), no document.
RICH_TEXT = ["bold", "link", "ul", "ol"]


@hooks.register("construct_main_menu", order=1000)  # type: ignore[untyped-decorator]
def only_what_is_used(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name not in NOT_IN_THE_MENU]


@hooks.register("register_rich_text_features", order=1000)  # type: ignore[untyped-decorator]
def few_features(features: FeatureRegistry) -> None:
    features.default_features[:] = RICH_TEXT


class NoDocuments:
    """Wagtail's admin names this endpoint on every page, also where its documents app is not
    installed. There are no documents here: a file nobody checked could carry anything."""

    class Nothing:
        pass

    model: ClassVar[type[Any]] = Nothing

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", no_documents, name="listing")]


def no_documents(request: HttpRequest) -> HttpResponse:
    raise Http404


@hooks.register("construct_admin_api")  # type: ignore[untyped-decorator]
def without_documents(router: WagtailAPIRouter) -> None:
    router.register_endpoint("documents", NoDocuments)


class NobodyToCall(Component):  # type: ignore[misc]
    """On the first page of the admin while no phone number stands on the pages: somebody who is
    stuck must always find a person to ask (domain §2, "no dead end")."""

    order = 40
    name = "nobody_to_call"

    def render_html(self, parent_context: dict[str, Any] | None = None) -> SafeString:
        texts = SiteTexts.objects.filter(site__is_default_site=True).first()
        if texts is None or texts.phone:
            return SafeString()
        address = reverse("wagtailsettings:edit", args=["home", "sitetexts", texts.site_id])
        return render_to_string("home/nobody_to_call.html", {"url": address})


@hooks.register("construct_homepage_panels")  # type: ignore[untyped-decorator]
def ask_for_a_phone_number(request: HttpRequest, panels: list[Component]) -> None:
    if request.user.has_perm("home.change_sitetexts"):
        panels.append(NobodyToCall())
