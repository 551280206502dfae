from django.urls import path

from cocreate.moderation import attachment_views, author_views, call_back_views, views

urlpatterns = [
    path("hjaelp-nu/ring-til-mig/", call_back_views.ask, name="call_back"),
    path("kode/ring-op/<int:pk>/", call_back_views.cancel, name="call_back_cancel"),
    path("vaert/", views.desk, name="desk"),
    path("vaert/ring-op/<int:pk>/", call_back_views.on_the_desk, name="desk_call_back"),
    path("vaert/<str:public_id>/", views.item, name="desk_item"),
    path("vaert/<str:public_id>/fund/<int:pk>/", views.finding, name="desk_finding"),
    path("vaert/<str:public_id>/rettelse/", views.propose_edit, name="desk_edit"),
    path("vaert/<str:public_id>/lad-staa/", views.let_stand, name="desk_reports"),
    path("vaert/<str:public_id>/se-igen/", views.second_look, name="desk_appeal"),
    path(
        "vaert/<str:public_id>/bilag/<str:file_id>/",
        attachment_views.for_host,
        name="desk_file",
    ),
    path(
        "vaert/<str:public_id>/bilag/<str:file_id>/se/",
        attachment_views.look,
        name="desk_look",
    ),
    path("kode/", author_views.enter_code, name="receipt"),
    path("kode/mine/", author_views.by_receipt, name="my_receipt"),
    path("kode/luk/", author_views.close, name="receipt_close"),
    path("kode/<str:public_id>/ret/", author_views.reword, name="reword"),
    path("kode/<str:public_id>/rettelse/", author_views.suggested_edit, name="suggested_edit"),
    path(
        "kode/<str:public_id>/bed-om-at-se-igen/",
        author_views.ask_for_another_look,
        name="appeal",
    ),
    path("kode/<str:public_id>/traek-tilbage/", author_views.withdraw, name="withdraw"),
    path(
        "kode/<str:public_id>/samtykke/<str:scope>/",
        author_views.revoke_consent,
        name="revoke_consent",
    ),
    path(
        "kode/<str:public_id>/bilag/<str:file_id>/",
        attachment_views.for_author,
        name="own_file",
    ),
    path(
        "kode/<str:public_id>/bilag/<str:file_id>/fjern/",
        attachment_views.take_out,
        name="own_file_remove",
    ),
    path("min/", author_views.by_account, name="mine"),
]
