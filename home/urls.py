"""The front page, the pages that others link to by name, and Wagtail's catch-all, in this order."""

from django.urls import path, re_path
from wagtail.urls import serve_pattern

from home import views
from home.models import FIXED_SLUGS

urlpatterns = [
    path("", views.front, name="front"),
    *(
        path(f"{slug}/", views.standard, {"name": name}, name=name)
        for name, slug in FIXED_SLUGS.items()
    ),
    # Wagtail builds the addresses of its pages from this name.
    re_path(serve_pattern, views.page, name="wagtail_serve"),
]
