"""Conversations. Reading and writing have addresses of their own (design §2.10)."""

from django.urls import path

from cocreate.forums import views

TOPIC = "samtaler/<slug:forum_slug>/<int:topic_id>-<slug:slug>/"

urlpatterns = [
    path("samtaler/", views.forums, name="forums"),
    path("samtaler/<slug:forum_slug>/", views.forum, name="forum"),
    # Before the topic: "nyt-emne" is never read as one.
    path("samtaler/<slug:forum_slug>/nyt-emne/", views.new_topic, name="new_topic"),
    path(TOPIC, views.topic, name="topic"),
    path(f"{TOPIC}svar/", views.reply, name="reply"),
    path(f"{TOPIC}indlaeg/<int:number>/sig-til/", views.say_to_post, name="post_say_to"),
]
