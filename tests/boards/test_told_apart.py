"""What must look the same: two notes of one person and of two, what is withheld and what never was."""

import re
from collections.abc import Callable
from difflib import unified_diff

import pytest

from cocreate.boards.models import Note
from cocreate.contributions.models import Contribution
from tests.boards.spies.addresses import read
from tests.boards.spies.planted import Planted
from tests.cast import Cast

pytestmark = pytest.mark.django_db

# Somebody at the board, somebody who leads, and the public. The notes are of two others.
OTHERS = ("mo", "facilitator", "stranger")
DRAWN_ANEW = re.compile(
    r'(name="(?:csrfmiddlewaretoken|once|submission_id)" value="|csrftoken=)[\w-]+'
)


def changed_by_another_author(world: Planted, tells: Callable[[], dict[str, str]]) -> list[str]:
    """The lines that are others when Ulla's second note is Bo's. Neither of them has a name."""
    before = tells()
    second, bo = world.note("again"), world.party.seats["bo"].participant
    Note.objects.filter(pk=second.pk).update(participant=bo)
    Contribution.objects.filter(pk=second.contribution_id).update(receipt=world.receipt("bo"))
    after = tells()
    return [
        f"{where}: {line}"
        for where, text in after.items()
        for line in unified_diff(lines(before[where]), lines(text), lineterm="", n=0)
    ]


def lines(text: str) -> list[str]:
    return DRAWN_ANEW.sub(r"\1", text).splitlines()


@pytest.mark.parametrize("phase", ["hidden", "open", "discuss", "harvested"])
def test_two_notes_of_one_person_look_like_two_of_two(cast: Cast, phase: str) -> None:
    world = Planted(cast, phase)

    def tells() -> dict[str, str]:
        return {f"{who} {address}": text for who, address, text in read(world, OTHERS)}

    assert changed_by_another_author(world, tells) == []


def test_two_notes_of_one_person_look_like_two_of_two_at_the_desk(cast: Cast) -> None:
    world = Planted(cast, "harvested")
    client = world.client("desk")

    def tells() -> dict[str, str]:
        pages = ["/vaert/", *(f"/vaert/{voice}/" for voice in world.voices.values())]
        return {page: client.get(page).content.decode() for page in pages}

    assert changed_by_another_author(world, tells) == []


@pytest.mark.parametrize("phase", ["hidden", "cluster", "vote"])
@pytest.mark.parametrize(
    ("kind", "more"),
    [
        ("note.edit", {"base": 1, "text": "Andre ord."}),
        ("note.move", {}),
        ("group.add", {}),
        ("vote.set", {"dots": 1}),
        ("note.take_back", {}),
    ],
)
def test_a_note_that_is_withheld_answers_like_one_that_never_was(
    cast: Cast, phase: str, kind: str, more: dict[str, object]
) -> None:
    """Ulla saw their ids while the notes stood open."""
    world = Planted(cast, phase)
    withheld = ["hidden", "back", *(["mo", "scribe"] if world.is_hiding else [])]
    ids = ["x" * 24, *(world.uids[name] for name in withheld)]
    column = world.party.columns[1].uid
    told = {
        world.party.refused(
            world.party.seats["ulla"], kind, note=uid, notes=[uid], column=column, **more
        )
        for uid in ids
    }
    assert len(told) == 1
