from django.urls import path

from cocreate.help import views

urlpatterns = [path("hjaelp-nu/", views.help_now, name="help_now")]
