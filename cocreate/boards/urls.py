"""Workshops. The road without a socket stands outside the languages (cocreate/urls.py)."""

from django.urls import path

from cocreate.boards import desk_views, held_views, lead_views, road, views

LEAD = "v/<str:code>/tovholder/"

urlpatterns = [
    path("vaerksteder/", lead_views.workshops, name="workshops"),
    path("vaerksteder/nyt/", lead_views.new, name="workshop_new"),
    path("vaerksteder/saadan/", lead_views.how, name="workshop_how"),
    path("vaerksteder/<str:public_id>/", lead_views.outcome, name="workshop_outcome"),
    path("vaerksteder/sedler/<str:public_id>/sig-til/", lead_views.say_to_note, name="note_say_to"),
    path("v/", views.code, name="board_code"),
    path("v/<str:code>/", views.board, name="board"),
    path("v/<str:code>/gem/", views.do, name="board_do"),
    path("v/<str:code>/min-kode/", views.own_code, name="board_own_code"),
    path("v/<str:code>/ud/", views.leave, name="board_leave"),
    path("v/<str:code>/skriver/", views.scribe, name="board_scribe"),
    path("kode/seddel/<str:public_id>/traek-tilbage/", held_views.take_back, name="held_note"),
    path(
        "vaert/<str:public_id>/uden-gruppens-navn/",
        desk_views.leave_out_group_name,
        name="desk_group_name",
    ),
    path("v/<str:code>/laerred/", lead_views.wall, name="board_wall"),
    path(LEAD, lead_views.lead, name="board_lead"),
    path(f"{LEAD}gem/", lead_views.do, name="board_lead_do"),
    path(f"{LEAD}hoest/", lead_views.harvest, name="board_harvest"),
    path(f"{LEAD}eksport.csv", lead_views.as_csv, name="board_csv"),
    path(f"{LEAD}eksport.json", lead_views.as_json, name="board_json"),
    path(f"{LEAD}udskrift/", lead_views.printable, name="board_print"),
    path(f"{LEAD}plakat/", lead_views.poster, name="board_poster"),
]

# Frames and ids alone, the same in every language.
road_patterns = [
    path("v/<str:code>/ops/", road.operations, name="board_ops"),
    path("v/<str:code>/snapshot/", road.snapshot, name="board_snapshot"),
]
