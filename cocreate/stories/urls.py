"""Telling, reading what others told, and saying to about it."""

from django.urls import path

from cocreate.stories import views

urlpatterns = [
    path("fortael/", views.tell, name="tell"),
    path("fortaellinger/", views.stories, name="stories"),
    path("fortaellinger/<slug:public_id>/", views.story, name="story"),
    path("fortaellinger/<slug:public_id>/sig-til/", views.say_to_story, name="story_say_to"),
]
