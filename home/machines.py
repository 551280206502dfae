"""What search engines are told. Stories only where their author said yes, and never with a date:
a `lastmod` would tell on which day somebody's words came (trust requirements 5 and 12)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cocreate.pagecache.public_page import public_page
from cocreate.stories.curation import public_stories
from cocreate.themes.models import Guideline, Theme
from home.models import SITE_KEY

# The protocol allows 50,000 in a file.
MOST_ADDRESSES = 40_000
ALWAYS = ("front", "strategy", "about", "how_we_use_it", "privacy", "help_now", "tell")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing is closed here: whoever may not read a page does not see its `noindex` either."""
    words = f"User-agent: *\nDisallow:\nSitemap: {settings.SITE_URL}{reverse('sitemap')}\n"
    return HttpResponse(words, content_type="text/plain; charset=utf-8")


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return _kept_sitemap(request)


def _sitemap(request: HttpRequest) -> HttpResponse:
    listed = public_stories().filter(story__listed=True).newest_first()
    places = [
        *(reverse(name) for name in ALWAYS),
        *(theme.get_absolute_url() for theme in Theme.objects.order_by("number")),
        *(guideline.get_absolute_url() for guideline in Guideline.objects.order_by("code")),
        *(reverse("story", args=[key]) for key in listed.values_list("public_id", flat=True)),
    ]
    context = {"addresses": [f"{settings.SITE_URL}{place}" for place in places[:MOST_ADDRESSES]]}
    return render(request, "sitemap.xml", context, content_type="application/xml")


_kept_sitemap = public_page(keys=lambda: [SITE_KEY, "stories", "strategy"], kept_by_browsers=False)(
    _sitemap
)
