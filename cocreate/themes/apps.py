from typing import Any

from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "cocreate.themes"
    label = "themes"

    def ready(self) -> None:
        from wagtail.signals import page_published, page_unpublished

        from cocreate import guards
        from cocreate.themes.guards import GUARDS

        guards.register(*GUARDS)
        for signal in (page_published, page_unpublished):
            signal.connect(age_cached_pages, dispatch_uid="themes.age_cached_pages")


def age_cached_pages(sender: Any, instance: Any, **kwargs: Any) -> None:
    """What editors publish around the strategy is new at the next request (design §7)."""
    from cocreate.pagecache.models import bump
    from cocreate.themes.models import EditorialPage, ThemePage
    from cocreate.themes.models.shown import STRATEGY_KEY

    if isinstance(instance, EditorialPage):
        theme = [f"theme:{instance.theme.number}"] if isinstance(instance, ThemePage) else []
        bump(STRATEGY_KEY, *theme)
