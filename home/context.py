"""What every template may name. One query, and only when the template names one of the texts."""

from typing import Any

from django.conf import settings
from django.db.models import Exists
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from cocreate.themes.models import Edition
from cocreate.themes.models.editions import Status
from home.models import SiteTexts


def site(request: HttpRequest) -> dict[str, Any]:
    texts: Any = SimpleLazyObject(_texts)
    return {
        "site_name": SimpleLazyObject(lambda: texts.name or settings.WAGTAIL_SITE_NAME),
        "site_tagline": SimpleLazyObject(lambda: texts.tagline),
        "site_phone": SimpleLazyObject(lambda: texts.phone),
        "site_hours": SimpleLazyObject(lambda: texts.phone_hours),
        "site_reading_hours": SimpleLazyObject(lambda: texts.reading_hours),
        "site_is_demonstration": SimpleLazyObject(lambda: texts.is_demonstration),
        "quick_exit_url": settings.QUICK_EXIT_URL,
        "has_accessibility_statement": bool(settings.ACCESSIBILITY_STATEMENT_URL),
    }


def _texts() -> SiteTexts:
    """The row of the default site. Never Wagtail's for_request(): that writes one while reading."""
    rows = SiteTexts.objects.filter(site__is_default_site=True)
    made_up = Edition.objects.filter(status=Status.ADOPTED, demonstration=True)
    stored: SiteTexts | None = rows.annotate(is_demonstration=Exists(made_up)).first()
    if stored is not None:
        return stored
    texts = SiteTexts(
        name=settings.WAGTAIL_SITE_NAME, tagline=_("for people in vulnerable positions")
    )
    texts.is_demonstration = False  # type: ignore[attr-defined]
    return texts
