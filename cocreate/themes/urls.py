"""The addresses of the strategy: fixed, whatever happens in Wagtail's tree."""

from django.urls import path, register_converter

from cocreate.themes import views


class GuidelineCode:
    regex = r"[1-9][0-9]?\.[1-9][0-9]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(GuidelineCode, "guideline_code")

urlpatterns = [
    path("strategien/", views.strategy, name="strategy"),
    path("temaer/<slug:slug>/", views.theme, name="theme"),
    path("retningslinjer/<guideline_code:code>/", views.guideline, name="guideline"),
    path("vidste-du/", views.facts, name="facts"),
]
