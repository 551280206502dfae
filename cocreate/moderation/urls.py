from django.urls import path

from cocreate.moderation import (
    author_appeals,
    author_choices,
    author_edits,
    author_views,
    views,
)

urlpatterns = [
    path("vaert/", views.desk, name="desk"),
    path("vaert/<str:public_id>/", views.item, name="desk_item"),
    path("vaert/<str:public_id>/fund/<int:pk>/", views.finding, name="desk_finding"),
    path("vaert/<str:public_id>/rettelse/", views.propose_edit, name="desk_edit"),
    path("vaert/<str:public_id>/lad-staa/", views.let_stand, name="desk_reports"),
    path("vaert/<str:public_id>/se-igen/", views.second_look, name="desk_appeal"),
    path("kode/", author_views.enter_code, name="receipt"),
    path("kode/mine/", author_views.by_receipt, name="my_receipt"),
    path("kode/luk/", author_views.close, name="receipt_close"),
    path("kode/<str:public_id>/ret/", author_edits.reword, name="reword"),
    path("kode/<str:public_id>/rettelse/", author_edits.suggested_edit, name="suggested_edit"),
    path(
        "kode/<str:public_id>/bed-om-at-se-igen/",
        author_appeals.ask_for_another_look,
        name="appeal",
    ),
    path("kode/<str:public_id>/traek-tilbage/", author_choices.withdraw, name="withdraw"),
    path(
        "kode/<str:public_id>/samtykke/<str:scope>/",
        author_choices.revoke_consent,
        name="revoke_consent",
    ),
    path("min/", author_views.by_account, name="mine"),
]
