"""Processes, amendments and proposals, and the analysts' pages about them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
