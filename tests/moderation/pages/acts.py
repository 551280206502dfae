"""What hosts and authors do on these pages, through the forms as a browser shows them."""

from html import unescape
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import translation

from cocreate.contributions.models import Contribution
from cocreate.contributions.operations import Received
from tests.stories.pages import filled

WHY, LETTER = "names_others", "Skriv det gerne uden navnet."


def says(page: HttpResponse, sentence: str, **values: object) -> bool:
    """Whether a Danish page holds this sentence, named by its msgid."""
    with translation.override("da"):
        wanted = translation.gettext(sentence) % values
    return wanted in unescape(page.content.decode())


def desk_of(contribution: Contribution) -> str:
    return reverse("desk_item", args=[contribution.public_id])


def read(client: Client, contribution: Contribution) -> HttpResponse:
    return client.get(desk_of(contribution))


def decide(
    client: Client, contribution: Contribution, outcome: str, **answers: Any
) -> HttpResponse:
    """A host reads the item and saves a decision."""
    page = read(client, contribution)
    return send_decision(client, page, contribution, outcome, **answers)


def send_decision(
    client: Client, page: HttpResponse, contribution: Contribution, outcome: str, **answers: Any
) -> HttpResponse:
    address = desk_of(contribution)
    return client.post(address, filled(page, address, outcome=outcome, **answers))


def enter(client: Client, code: object) -> HttpResponse:
    """Writes a code on the page for it."""
    typed = " ".join(code) if isinstance(code, tuple) else code
    address = reverse("receipt")
    return client.post(address, filled(client.get(address + "?ny=1"), address, code=typed))


def opened(received: Received, client: Client) -> Client:
    """A browser in which the author's code has just been written."""
    assert enter(client, received.code).status_code == 302
    return client


def of(received: Received, name: str, *more: str) -> str:
    return reverse(name, args=[received.contribution.public_id, *more])


def press(client: Client, address: str, **answers: Any) -> HttpResponse:
    """Opens a page and sends the form on it that leads to the same address."""
    return client.post(address, filled(client.get(address), address, **answers))


def now(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)
