"""The list of workshops: the same for everybody, and a little more for those who lead."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cocreate.boards.models import HarvestedNote
from cocreate.boards.operations import harvest
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide
from tests.boards.leading.conftest import shown, words
from tests.boards.people import Party, hold
from tests.cast import Cast, show

pytestmark = pytest.mark.django_db

LIST = "/vaerksteder/"


def published(cast: Cast, *texts: str) -> Party:
    party = hold(cast)
    notes = [party.write(party.sit("mo", "Mo"), text) for text in texts]
    party.go_to("discuss")
    harvest(party.board, notes)
    for note in HarvestedNote.objects.filter(workshop=party.workshop):
        show(note, by=cast.second_host)
    return party


def test_everybody_finds_the_field_for_the_code(cast: Cast) -> None:
    answer = Client().get(LIST)
    page = answer.content.decode()
    assert 'action="/v/"' in page and 'name="kode"' in page
    assert not answer.cookies
    assert "csrfmiddlewaretoken" not in page


def test_an_open_workshop_is_nobodys_business_but_its_own(party: Party, cast: Cast) -> None:
    for who in ("stranger", "citizen", "second_host"):
        page = shown(cast.client(who), LIST)
        assert party.workshop.title not in page and party.workshop.code not in page
    own = shown(cast.client("host"), LIST)
    assert party.workshop.title in own and party.workshop.code in own


def test_only_staff_with_the_second_factor_are_asked_to_hold_one(cast: Cast) -> None:
    for who, may in [("staff", True), ("citizen", False), ("host_without_second_factor", False)]:
        assert ("/vaerksteder/nyt/" in shown(cast.client(who), LIST)) is may


def test_whoever_may_hold_one_is_shown_how_and_everybody_may_read_it(cast: Cast) -> None:
    how = f"{LIST}saadan/"
    for page in (LIST, f"{LIST}nyt/"):
        assert f'href="{how}"' in shown(cast.client("host"), page)
    answer = Client().get(how)
    assert (answer.status_code, answer.cookies) == (200, {})
    assert "Skriveren taster det ind, der står på papir" in words(answer.content.decode())


def test_a_decision_changes_the_kept_page_at_the_next_request(cast: Cast) -> None:
    """Also the workshop's own page."""
    shown(Client(), LIST)
    party = published(cast, "En seddel.")
    outcome = f"{LIST}{party.workshop.room.public_id}/"
    assert party.workshop.title in shown(Client(), LIST)
    assert "En seddel." in shown(Client(), outcome)
    note = HarvestedNote.objects.get()
    hide(note, by=cast.second_host, reason=Reason.NAMES_OTHERS, message="Skjult igen.")
    assert party.workshop.title not in shown(Client(), LIST)
    assert Client().get(outcome).status_code == 404


def test_an_address_that_is_none_looks_like_one_without_notes(party: Party) -> None:
    for public_id in ("findes-ikke", party.workshop.room.public_id):
        assert Client().get(f"{LIST}{public_id}/").status_code == 404


def test_the_outcome_stands_by_column_and_group_most_votes_first(cast: Cast) -> None:
    party = hold(cast)
    notes = [party.write(party.sit(f"p{n}"), f"Nummer {n}.") for n in range(3)]
    party.go_to("cluster")
    for n, dots in ((0, 1), (1, 9), (2, 4)):
        party.done(party.facilitator, "room.dots", note=notes[n].uid, dots=dots)
    party.done(party.facilitator, "group.add", notes=[notes[0].uid], title="Lille")
    party.done(party.facilitator, "group.add", notes=[notes[1].uid], title="Stor")
    party.go_to("discuss")
    titles = {group.uid: group.title for group in party.board.groups.all()}
    harvest(party.board, notes, titles=titles)
    for note in HarvestedNote.objects.all():
        show(note, by=cast.second_host)
    page = words(shown(Client(), f"{LIST}{party.workshop.room.public_id}/"))
    order = [page.index(said) for said in ("Stor", "Nummer 1.", "Lille", "Nummer 0.", "Nummer 2.")]
    assert order == sorted(order)


def test_a_content_note_folds_the_words(cast: Cast) -> None:
    party = published(cast, "Noget tungt.")
    HarvestedNote.objects.update(content_note="Handler om selvmord")
    page = shown(Client(), f"{LIST}{party.workshop.room.public_id}/")
    fold = page[page.index('<details class="fold"') :]
    fold = fold[: fold.index("</details>")]
    assert "Handler om selvmord" in fold and "Noget tungt." in fold


def test_both_pages_ask_the_same_at_every_size(cast: Cast) -> None:
    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as made:
            # A query that no page has: answered anew each time.
            shown(Client(), f"{address}?frisk=1")
        return len(made)

    counts = []
    for texts in (["En."], [f"Nummer {n}." for n in range(12)]):
        party = published(cast, *texts)
        counts.append((asked(LIST), asked(f"{LIST}{party.workshop.room.public_id}/")))
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 7


def test_older_ones_lie_behind_a_link(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cocreate.boards.outcomes.OUTCOMES_A_PAGE", 2)
    held = [published(cast, f"Nummer {n}.").workshop.room.public_id for n in range(3)]
    first = shown(Client(), LIST)
    assert f"?efter={held[1]}" in first and held[0] not in first
    second = shown(Client(), f"{LIST}?efter={held[1]}")
    assert held[0] in second and held[2] not in second
