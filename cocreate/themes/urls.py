"""The addresses of the strategy: fixed, whatever happens in Wagtail's tree."""

from django.urls import path, register_converter

from cocreate.themes import edition_views, views
from cocreate.themes.models.editions import REF_OF_A_THEME, REF_OF_THE_WHOLE


class GuidelineCode:
    regex = r"[1-9][0-9]?\.[1-9][0-9]?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PassageRef(GuidelineCode):
    """What Passage.ref gives: "forord", "tema-3-vision", "2.3"."""

    regex = (
        rf"{'|'.join(REF_OF_THE_WHOLE.values())}"
        rf"|tema-[1-9][0-9]?-(?:{'|'.join(REF_OF_A_THEME.values())})|{GuidelineCode.regex}"
    )


class EditionNumber:
    """One spelling for each number, and none that a column could not hold."""

    regex = "[1-9][0-9]{0,3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(GuidelineCode, "guideline_code")
register_converter(PassageRef, "passage_ref")
register_converter(EditionNumber, "edition_number")

urlpatterns = [
    path("strategien/", views.strategy, name="strategy"),
    path("strategien/<edition_number:edition>/", edition_views.edition, name="edition"),
    path(
        "strategien/<edition_number:edition>/<passage_ref:ref>/",
        edition_views.passage,
        name="passage",
    ),
    path(
        "strategien/<edition_number:newer>/mod/<edition_number:older>/",
        edition_views.compare,
        name="compare",
    ),
    path("temaer/<slug:slug>/", views.theme, name="theme"),
    path("retningslinjer/<guideline_code:code>/", views.guideline, name="guideline"),
    path("vidste-du/", views.facts, name="facts"),
]
