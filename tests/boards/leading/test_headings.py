"""Names of groups become public only when facilitator and host have read them."""

from importlib import import_module

import pytest
from django.apps import apps
from django.http import HttpResponse
from django.test import Client

from cocreate.boards import operations
from cocreate.boards.models import Group, HarvestedNote, Note
from cocreate.contributions.models import Contribution
from cocreate.moderation import operations as moderation
from cocreate.moderation.models import Reason
from tests.boards.leading.conftest import at, shown
from tests.boards.people import Party
from tests.cast import Cast, show
from tests.moderation.pages.acts import says
from tests.stories.pages import filled, forms_in

pytestmark = [pytest.mark.django_db, pytest.mark.db]


@pytest.fixture
def look(party: Party, leader: Client) -> HttpResponse:
    """Two groups, one with a number in its name; the facilitator looks at what will happen."""
    put_together(party, "Ventetid")
    put_together(party, "Ring til 40 12 34 56")
    party.go_to("discuss")
    return look_at(party, leader)


def put_together(party: Party, title: str) -> Group:
    party.go_to("cluster")
    mo = party.seats["mo"]
    note = party.write(mo, f"En seddel om {len(title)}.")
    party.done(mo, "group.add", notes=[note.uid], title=title, sure=True)
    return Group.objects.get(notes=note)


def look_at(party: Party, leader: Client) -> HttpResponse:
    notes = [note.uid for note in Note.objects.order_by("pk")]
    return leader.post(at(party, "hoest/"), {"do": "look", "note": notes})


def take_home(party: Party, leader: Client, page: HttpResponse, **changed: object) -> HttpResponse:
    where = at(party, "hoest/")
    return leader.post(where, {**filled(page, where, **changed), "do": "harvest"})


def titles() -> list[str]:
    return list(HarvestedNote.objects.order_by("pk").values_list("group_title", flat=True))


def test_a_name_is_read_and_comes_along_one_with_personal_data_stays(
    party: Party, leader: Client, look: HttpResponse
) -> None:
    assert "Ring til 40 12 34 56" in look.content.decode()
    assert says(look, "Stays here unless you tick it. It looks as if it holds:")
    take_home(party, leader, look)
    assert titles() == ["Ventetid", ""]


def test_the_facilitator_decides_on_each_name(
    party: Party, leader: Client, look: HttpResponse
) -> None:
    number = Group.objects.order_by("pk").last()
    assert number is not None
    take_home(party, leader, look, title=[number.uid])
    assert titles() == ["", "Ring til 40 12 34 56"]


def test_a_name_given_after_the_look_is_looked_at_first(
    party: Party, leader: Client, look: HttpResponse
) -> None:
    group = Group.objects.order_by("pk").first()
    assert group is not None
    new = {"group": group.uid, "base": group.version, "title": "Om Anna på 3. sal"}
    party.done(party.facilitator, "group.name", **new)
    again = take_home(party, leader, look)
    assert again.status_code == 409 and not HarvestedNote.objects.exists()
    assert "Om Anna på 3. sal" in again.content.decode()
    take_home(party, leader, again, title=[])
    assert titles() == ["", ""]


def test_a_name_given_at_the_very_moment_does_not_come_along(party: Party) -> None:
    group = put_together(party, "Ventetid")
    read = {group.uid: group.title}
    Group.objects.update(title="Om Anna på 3. sal")
    operations.harvest(party.board, Note.objects.all(), titles=read)
    assert titles() == [""]


def test_names_nobody_has_read_do_not_come_along(party: Party) -> None:
    put_together(party, "Ventetid")
    operations.harvest(party.board, Note.objects.all())
    assert titles() == [""]


def test_a_group_without_a_name_is_not_asked_about(party: Party, leader: Client) -> None:
    put_together(party, "")
    party.go_to("discuss")
    page = look_at(party, leader)
    assert "title" not in forms_in(page).choices
    take_home(party, leader, page)
    assert titles() == [""]


def test_the_host_reads_the_name_with_the_note_and_shows_both(
    party: Party, leader: Client, cast: Cast, strategy: None, look: HttpResponse
) -> None:
    outcome = f"/vaerksteder/{party.workshop.room.public_id}/"
    take_home(party, leader, look)
    first = Contribution.objects.order_by("pk").first()
    assert first is not None
    desk = cast.client("second_host").get(f"/vaert/{first.public_id}/")
    assert "Ventetid" in desk.content.decode()
    assert says(desk, "The group's name is shown above the note.")
    assert Client().get(outcome).status_code == 404
    show(first, by=cast.second_host)
    assert "Ventetid" in shown(Client(), outcome)


def test_the_name_is_public_only_while_its_note_is(
    party: Party, leader: Client, cast: Cast, strategy: None, look: HttpResponse
) -> None:
    take_home(party, leader, look)
    note = HarvestedNote.objects.order_by("pk")[0]

    def names() -> tuple[str, str]:
        note.refresh_from_db()
        return note.group_title, note.published_group_title

    assert names() == ("Ventetid", "")
    show(note, by=cast.second_host)
    assert names() == ("Ventetid", "Ventetid")
    moderation.hide(note, by=cast.second_host, reason=Reason.HATE, message="Vi ser på den.")
    assert names() == ("Ventetid", "")
    moderation.restore(note, by=cast.host)
    assert names() == ("Ventetid", "Ventetid")
    moderation.withdraw(note)
    assert names() == ("Ventetid", "")
    moderation.erase(note)
    assert names() == ("", "")


def test_a_host_leaves_the_name_out_and_the_notes_stay(
    party: Party, leader: Client, cast: Cast, strategy: None, look: HttpResponse
) -> None:
    outcome = f"/vaerksteder/{party.workshop.room.public_id}/"
    put_together(party, "Ventetid")
    party.go_to("discuss")
    take_home(party, leader, look_at(party, leader), title=[g.uid for g in Group.objects.all()])
    notes = list(HarvestedNote.objects.order_by("pk"))
    assert titles() == ["Ventetid", "Ring til 40 12 34 56", "Ventetid"]
    show(notes[0], by=cast.second_host)
    host, there = cast.client("second_host"), f"/vaert/{notes[0].public_id}/uden-gruppens-navn/"
    assert "Ventetid" in shown(Client(), outcome)
    assert there in host.get(f"/vaert/{notes[0].public_id}/").content.decode()
    assert host.get(there).status_code == 302
    assert titles()[0] == "Ventetid"
    for _twice in range(2):
        assert says(
            host.post(there, follow=True),
            "The group's name is left out, here and at the notes beside it.",
        )
    assert titles() == ["", "Ring til 40 12 34 56", ""]
    page = shown(Client(), outcome)
    assert "Ventetid" not in page
    assert f"i{notes[0].public_id}" in page
    show(notes[2], by=cast.second_host)
    assert "Ventetid" not in shown(Client(), outcome)
    assert Client().post(there).status_code in {302, 404}


def test_names_from_before_are_encrypted_and_shown_only_where_they_may(
    party: Party, leader: Client, cast: Cast, strategy: None, look: HttpResponse
) -> None:
    """Both ways of the migration, on a note that waits and on one that is shown."""
    take_home(party, leader, look)
    waits = HarvestedNote.objects.order_by("pk")[0]
    before = import_module("cocreate.boards.migrations.0004_names_of_groups_are_peoples_words")
    rows = HarvestedNote.objects.filter(pk=waits.pk)
    columns = ("group_title", "published_group_title")
    before.decrypt(apps, None)
    assert rows.values_list(*columns).get() == ("Ventetid", "Ventetid")
    rows.update(group_title="")
    before.encrypt(apps, None)
    assert rows.values_list(*columns).get() == ("Ventetid", "")
    show(waits, by=cast.second_host)
    rows.update(group_title="")
    before.encrypt(apps, None)
    assert rows.values_list(*columns).get() == ("Ventetid", "Ventetid")
