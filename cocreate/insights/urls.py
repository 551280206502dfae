"""Insights, and the desk of the analysts who make them."""

from django.urls import path, register_converter

from cocreate.insights import desk_views, insight_desk_views, views


class VoiceId:
    """The public id of a contribution; other pages of the desk have shorter names."""

    regex = "[A-Za-z0-9_-]{24}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(VoiceId, "voice_id")

DESK, VOICE, INSIGHT = (
    "analyse/",
    "analyse/<voice_id:public_id>/",
    "analyse/indsigter/<int:number>/",
)

urlpatterns = [
    path("indsigter/", views.insights, name="insights"),
    path("indsigter/<int:number>/", views.insight, name="insight"),
    path("stemmer/<voice_id:public_id>/", views.voice_place, name="voice_place"),
    path(DESK, desk_views.analysis, name="analysis"),
    path(f"{DESK}koder/", desk_views.codes, name="codes"),
    path(f"{DESK}koder/<int:pk>/", desk_views.code, name="code"),
    path(f"{DESK}koder/<int:pk>/slet/", desk_views.delete_code, name="code_delete"),
    path(f"{DESK}indsigter/", insight_desk_views.drafts, name="insight_drafts"),
    path(f"{DESK}indsigter/ny/", insight_desk_views.new, name="insight_new"),
    path(INSIGHT, insight_desk_views.edit, name="insight_edit"),
    path(f"{INSIGHT}vis/", insight_desk_views.show, name="insight_show"),
    path(f"{INSIGHT}tag-ned/", insight_desk_views.take_down, name="insight_take_down"),
    path(f"{INSIGHT}stemmer/<int:pk>/", insight_desk_views.drop_voice, name="insight_drop"),
    path(VOICE, desk_views.read, name="analysis_read"),
    path(f"{VOICE}maerk/", desk_views.mark, name="analysis_mark"),
    path(f"{VOICE}maerker/<int:pk>/slet/", desk_views.unmark, name="analysis_unmark"),
    path(f"{VOICE}laeg-til-side/", desk_views.lay_aside, name="analysis_set_aside"),
    path(f"{VOICE}tag-op/", desk_views.take_up, name="analysis_take_up"),
    path(f"{VOICE}indsigt/", desk_views.put_behind, name="analysis_behind"),
]
