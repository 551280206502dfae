"""Processes, amendments and proposals, and the analysts' pages about them."""

from django.urls import path

from cocreate.revisions import (
    desk_views,
    outcome_views,
    process_desk_views,
    proposal_views,
    views,
)

urlpatterns = [
    path("hvad-sker-der/", views.processes, name="processes"),
    path("hvad-sker-der/<slug:slug>/", views.process, name="process"),
    path("forslag/", views.amendments, name="amendments"),
    path("forslag/nyt/", proposal_views.propose, name="proposal_new"),
    path("forslag/<int:number>/", views.amendment, name="amendment"),
    path("forslag/<int:number>/sig-til/", views.say_to_amendment, name="amendment_say_to"),
    path("hvad-blev-der-ud-af-det/", outcome_views.outcomes, name="outcomes"),
    path("hvad-blev-der-ud-af-det/<str:public_id>/", outcome_views.voice, name="voice"),
    path("analyse/processer/", process_desk_views.processes, name="process_drafts"),
    path("analyse/processer/ny/", process_desk_views.new, name="process_new"),
    path("analyse/processer/<slug:slug>/", process_desk_views.process, name="process_draft"),
    path(
        "analyse/processer/<slug:slug>/vedtag/", process_desk_views.adopting, name="process_adopt"
    ),
    path("analyse/forslag/", desk_views.amendments, name="amendment_drafts"),
    path("analyse/forslag/nyt/", desk_views.new, name="amendment_new"),
    path("analyse/forslag/<int:number>/", desk_views.amendment, name="amendment_draft"),
]
