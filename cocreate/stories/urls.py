"""Telling, reading what others told, and saying to about it; hosts' selections of stories."""

from django.urls import path

from cocreate.stories import (
    chosen_views,
    desk_views,
    file_views,
    guide_views,
    scribe_views,
    telling,
    views,
)

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
    path("fortaellinger/udvalg/<slug:public_id>/", views.selection, name="selection"),
    path("kode/<str:public_id>/udvalg/", chosen_views.chosen, name="chosen"),
    # A public id is 24 random characters: "udvalg" is none.
    path("vaert/udvalg/", desk_views.selections, name="desk_selections"),
    path("vaert/udvalg/nyt/", desk_views.new_selection, name="desk_selection_new"),
    path("vaert/udvalg/<str:public_id>/", desk_views.selection, name="desk_selection"),
    path("vaert/udvalg/<str:public_id>/vaelg/", desk_views.choose, name="desk_choose"),
    path(
        "vaert/udvalg/<str:public_id>/fortaelling/<int:pk>/",
        desk_views.chosen,
        name="desk_chosen",
    ),
    path("vaert/udvalg/<str:public_id>/se/", desk_views.preview, name="desk_selection_preview"),
    path("vaert/udvalg/<str:public_id>/vis/", desk_views.show, name="desk_selection_show"),
    path(
        "vaert/udvalg/<str:public_id>/tag-ned/",
        desk_views.take_down,
        name="desk_selection_take_down",
    ),
]
