from typing import Any

from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "home"
    label = "home"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        for signal in (page_published, page_unpublished):
            signal.connect(age_cached_pages, dispatch_uid="home.age_cached_pages")


def age_cached_pages(sender: Any, **kwargs: Any) -> None:
    """A page of text that staff publish is new at the next request (design §7)."""
    from cocreate.pagecache.models import bump
    from home.models import SITE_KEY, StaffPage

    if issubclass(sender, StaffPage):
        bump(SITE_KEY)
