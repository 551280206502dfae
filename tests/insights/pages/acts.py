"""What analysts do on these pages, through the forms as a browser shows them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from cocreate.contributions.models import TextVersion
from tests.stories.pages import filled


def address(name: str, version: TextVersion, *more: object) -> str:
    return reverse(name, args=[version.contribution.public_id, *more])


def read(client: Client, version: TextVersion) -> HttpResponse:
    return client.get(address("analysis_read", version))


def act(client: Client, name: str, version: TextVersion, **answers: Any) -> HttpResponse:
    """Opens the page of a contribution, fills in the form that leads to `name` and sends it."""
    to = address(name, version)
    return client.post(to, filled(read(client, version), to, **answers))


def mark(client: Client, version: TextVersion, **answers: Any) -> HttpResponse:
    answers = {"first": 1, "last": 1, "new_code": "Ventetid", **answers}
    return act(client, "analysis_mark", version, **answers)


def put_behind(client: Client, version: TextVersion, number: int, **answers: Any) -> HttpResponse:
    answers = {"insight": number, "stance": "supports", **answers}
    return act(client, "analysis_behind", version, **answers)
