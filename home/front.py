"""What the front page shows besides its own texts."""

from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import get_language

from cocreate.themes.models import Fact, Theme

# Relatives look for a door of their own; a strategy may have a theme for them, under any number.
RELATIVES = "pårørende"


def front_context() -> dict[str, Any]:
    """Two queries; the newest stories are a template tag of their own app."""
    themes = list(themes_with_counts())
    return {
        "themes": themes,
        "relatives": next((theme for theme in themes if RELATIVES in theme.title.lower()), None),
        "fact": Fact.objects.public().first(),
        "read_within_days": settings.READ_WITHIN_WORKING_DAYS,
    }


def themes_with_counts() -> QuerySet[Theme]:
    """As templates/themes/_theme_entry.html shows them."""
    spoken, danish = (
        Max("pages__summary", filter=Q(pages__live=True, pages__locale__language_code=language))
        for language in (get_language(), settings.LANGUAGE_CODE)
    )
    in_force = Count("guidelines", filter=Q(guidelines__retired_in=None), distinct=True)
    themes = Theme.objects.annotate(guideline_count=in_force, summary=spoken, danish_summary=danish)
    return themes.order_by("number")
