"""Two pages of one person: what is written on the one is one's own on the other, at once."""

import asyncio
import json

import pytest

from cocreate.boards.models import Participant
from cocreate.boards.operations import do
from cocreate.contributions.models import Membership
from tests.boards.client import Client
from tests.boards.harness import Served, aside, comes_in, leads, serving, visiting, welcomed
from tests.boards.people import Party, ask

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.db]


def told_of_own(client: Client) -> list[str]:
    """All that this reader was told of whose notes are."""
    heard = [json.loads(text) for text in client.raw]
    return [note for one in heard if one["t"] == "mine" for note in one["notes"]]


async def knows(client: Client, note: str) -> None:
    await client.until(lambda: note in client.board.mine)


@pytest.mark.parametrize("hidden", [True, False])
def test_a_second_page_of_the_same_person_knows_and_nobody_else(
    served: Served, party: Party, host_cookie: str, hidden: bool
) -> None:
    party.go_to("collect", hidden=hidden)
    mo, ulla = comes_in(party, "mo"), comes_in(party, "ulla")

    async def visit() -> None:
        pages = [served.client(party, cookie) for cookie in (mo, mo, ulla, ulla)]
        pages.append(served.client(party, host_cookie, as_="tovholder"))
        pages.append(served.client(party, mo, as_="laerred"))
        first, second, *others = await welcomed(pages)
        made = await first.do("note.add", column=party.columns[0].uid, text="Min egen.")
        await knows(second, made[2])
        await asyncio.gather(*(page.reaches(made[1]) for page in pages))
        assert second.board.notes[made[2]]["text"] == "Min egen."
        assert [told_of_own(page) for page in others] == [[]] * 4
        # First whose it is, then the note, so that it is never drawn as another's.
        kinds = [json.loads(text)["t"] for text in second.raw]
        assert kinds.index("mine") < kinds.index("ops")
        numbers = await aside(lambda: set(Participant.objects.values_list("pk", flat=True)))
        assert not any(f'"{number}"' in text for number in numbers for text in second.raw[1:])
        await asyncio.gather(*(page.close() for page in pages))

    visiting(visit())


def test_what_is_written_for_the_room_is_every_facilitators(
    served: Served, party: Party, host_cookie: str
) -> None:
    room, second = party.workshop.room, party.cast.second_host
    Membership.objects.create(room=room, user=second, role=Membership.Role.HOST)
    cookies = [host_cookie, leads(party.cast, "second_host")]
    mo = comes_in(party, "mo")

    async def visit() -> None:
        pages = [served.client(party, cookie, as_="tovholder") for cookie in cookies]
        one, other, guest = await welcomed([*pages, served.client(party, mo)])
        made = await one.do("note.add", column=party.columns[0].uid, text="Sagt i rummet.")
        await knows(other, made[2])
        await guest.reaches(made[1])
        assert told_of_own(guest) == []
        await asyncio.gather(*(page.close() for page in (one, other, guest)))

    visiting(visit())


def test_a_note_written_without_script_is_known_on_the_page_with_script(
    served: Served, party: Party
) -> None:
    mo = comes_in(party, "mo")

    async def visit() -> None:
        (page,) = await welcomed([served.client(party, mo)])
        asked = ask(party.seats["mo"], "note.add", column=party.columns[0].uid, text="På papir.")
        (done,) = (await aside(do, party.board, [asked])).answers
        await knows(page, done.note)  # type: ignore[union-attr]
        await page.close()

    visiting(visit())


def test_at_another_process_too_with_a_hint_between_them_or_without(
    served: Served, party: Party
) -> None:
    mo = comes_in(party, "mo")

    async def visit(elsewhere: Served) -> None:
        here, there = served.client(party, mo), elsewhere.client(party, mo)
        await welcomed([here, there])
        made = await here.do("note.add", column=party.columns[0].uid, text="Min egen.")
        await knows(there, made[2])
        await asyncio.gather(here.close(), there.close())

    with serving() as elsewhere:
        visiting(visit(elsewhere))
        assert elsewhere.trouble() == []
