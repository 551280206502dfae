"""What people do on the pages of processes and amendments, through the forms as a browser shows
them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client

from cocreate.revisions.models import Amendment
from cocreate.themes.models import Passage
from tests.cast import show
from tests.revisions.conftest import Council, passage
from tests.stories.pages import filled

NEW = "/forslag/nyt/"


def form_about(about: Passage | None = None) -> str:
    return f"{NEW}?stykke={(about or passage()).uid}"


def propose(client: Client, address: str = "", **answers: Any) -> HttpResponse:
    """Opens the form and sends it with these answers."""
    where = address or form_about()
    given: dict[str, Any] = {"proposed": "Svaret kommer på en torsdag.", "text": "Jeg ventede."}
    return client.post(where, filled(client.get(where), where, **(given | answers)))


def page_of(client: Client, amendment: Amendment) -> HttpResponse:
    return client.get(amendment.get_absolute_url())


def shown_proposal(council: Council, *args: Any, **options: Any) -> Amendment:
    contribution = show(council.proposal(*args, **options), by=council.cast.host)
    return Amendment.objects.get(proposal=contribution.pk)


def text_of(page: HttpResponse) -> str:
    return page.content.decode()
