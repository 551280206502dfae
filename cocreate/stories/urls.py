"""Telling, reading what others told, and saying to about it."""

from django.urls import path

from cocreate.stories import file_views, guide_views, scribe_views, telling, views

urlpatterns = [
    path("fortael/", guide_views.guide, name="tell"),
    path("fortael/paa-en-side/", telling.tell, name="tell_on_one_page"),
    path("fortael/gemt/", guide_views.stop, name="guide_stop"),
    path("fortael/hjaelp/", guide_views.help_first, name="guide_help"),
    path("fortael/slet/", guide_views.delete, name="guide_delete"),
    path("fortael/bilag/<str:file_id>/", file_views.of_draft, name="draft_file"),
    path("fortael/skriver/", scribe_views.scribe, name="scribe"),
    path("fortael/skriver/sedler/", scribe_views.print_slips, name="scribe_slips"),
    path("fortael/<slug:name>/", guide_views.guide, name="guide"),
    path("fortaellinger/", views.stories, name="stories"),
    path("fortaellinger/<slug:public_id>/", views.story, name="story"),
    path(
        "fortaellinger/<slug:public_id>/bilag/<str:file_id>/",
        file_views.of_story,
        name="story_file",
    ),
    path("fortaellinger/<slug:public_id>/sig-til/", views.say_to_story, name="story_say_to"),
]
