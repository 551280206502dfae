"""Insights, and the desk of the analysts who make them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
