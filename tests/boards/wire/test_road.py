"""The road without a socket: the same frames, asked for by ordinary requests."""

import json
from typing import Any

import pytest

from cocreate.boards.models import Note
from tests.boards.client import Board
from tests.boards.harness import Served, aside, comes_in, visiting, welcomed
from tests.boards.people import Party, cid

pytestmark = pytest.mark.django_db(transaction=True)


class Walker:
    """A client that has no socket: it asks, and it reads the same frames."""

    def __init__(self, served: Served, party: Party, cookie: str) -> None:
        self.served, self.cookie = served, cookie
        self.code = party.workshop.code
        self.board = Board()
        self.raw: list[str] = []
        self.tag = ""

    def get(self, path: str = "ops", query: str = "", **headers: str) -> int:
        status, told, body = self.served.ask(
            "GET", f"/v/{self.code}/{path}/{query}", self.cookie, **headers
        )
        if status == 200:
            self.tag = told["etag"]
            assert "private" in told["cache-control"]
            self._read(body)
        return status

    def catch_up(self) -> int:
        since = "" if self.board.seq is None else f"?since={self.board.seq}"
        return self.get(query=since, If_None_Match=self.tag)

    def post(self, ops: Any, token: str | None = None, body: str | None = None) -> Any:
        secret = "x" * 32
        status, _headers, text = self.served.ask(
            "POST",
            f"/v/{self.code}/ops/",
            f"{self.cookie}; csrftoken={secret}",
            json.dumps({"ops": ops}) if body is None else body,
            Content_Type="application/json",
            Origin=self.served.origin,
            X_CSRFToken=secret if token is None else token,
        )
        return json.loads(text)["frames"] if status == 200 else status

    def _read(self, body: str) -> None:
        self.raw.append(body)
        for frame in json.loads(body)["frames"]:
            if frame["t"] == "welcome":
                self.board.welcome(frame)
            elif frame["t"] == "ops":
                assert self.board.ops(frame)


def adds(party: Party, text: str, **more: Any) -> dict[str, Any]:
    op = {"kind": "note.add", "column": party.columns[0].uid, "text": text, **more}
    return {"cid": cid(), "op": op}


def test_what_is_written_on_the_road_reaches_the_sockets_and_back(
    served: Served, party: Party
) -> None:
    walks, sits = comes_in(party, "mo"), comes_in(party, "ulla")
    mo = Walker(served, party, walks)
    assert mo.catch_up() == 200
    (acked,) = mo.post([adds(party, "Fra vejen."), adds(party, "To på én gang.")])
    assert [seq for _cid, seq, _note in acked["acks"]] == [1, 2]

    async def visit() -> None:
        (ulla,) = await welcomed([served.client(party, sits)])
        await ulla.reaches(2)
        await ulla.do("note.add", column=party.columns[0].uid, text="Fra soklen.")
        assert {note["text"] for note in ulla.board.notes.values()} == {
            "Fra vejen.", "To på én gang.", "Fra soklen.",
        }  # fmt: skip
        mo.catch_up()
        assert mo.board.notes == ulla.board.notes

    visiting(visit())


def test_what_is_posted_reaches_an_open_socket(served: Served, party: Party) -> None:
    walks, sits = comes_in(party, "mo"), comes_in(party, "ulla")
    mo = Walker(served, party, walks)

    async def visit() -> None:
        (ulla,) = await welcomed([served.client(party, sits)])
        await aside(mo.post, [adds(party, "Fra vejen.")])
        await ulla.reaches(1, 1)

    visiting(visit())


def test_nothing_new_is_answered_without_a_body(served: Served, party: Party) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    ulla = Walker(served, party, comes_in(party, "ulla"))
    party.write(party.seats["mo"], "En seddel.")
    assert mo.catch_up() == 200
    assert mo.catch_up() == 304
    assert mo.get("snapshot", If_None_Match=mo.tag) == 304
    assert ulla.get("snapshot", If_None_Match=mo.tag) == 200  # another's answer is no other's
    assert str(party.seats["mo"].participant) not in mo.tag.partition("-")[2].split('"')
    party.write(party.seats["ulla"], "Endnu en.")
    assert mo.catch_up() == 200
    assert len(mo.board.notes) == 2


def test_the_same_post_twice_is_one(served: Served, party: Party) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    once = adds(party, "Én gang.")
    first, again = mo.post([once]), mo.post([once])
    both = mo.post([once, once])
    assert first == again
    assert both[0]["acks"] == first[0]["acks"] * 2
    assert Note.objects.count() == 1


def test_no_other_place_can_post(served: Served, party: Party) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    assert mo.post([adds(party, "x")], token="y" * 32) == 403
    assert mo.post([adds(party, "x")], token="") == 403
    status, _headers, _body = served.ask(
        "POST", f"/v/{party.workshop.code}/ops/", f"{mo.cookie}; csrftoken={'x' * 32}", "{}",
        Origin="http://evil.example", X_CSRFToken="x" * 32,
    )  # fmt: skip
    assert status == 403
    assert not Note.objects.exists()


def test_without_a_seat_there_is_nothing_there(served: Served, party: Party) -> None:
    stranger = Walker(served, party, "x=1")
    for query in ("", "?som=tovholder", "?som=laerred"):
        assert stranger.get(query=query) == 404
        assert stranger.get("snapshot", query) == 404
    assert stranger.post([adds(party, "x")]) == 404
    mo = Walker(served, party, comes_in(party, "mo"))
    assert mo.get(query="?som=tovholder") == 404
    assert mo.get(query="?som=laerred") == 200
    assert mo.board.me["role"] == "wall"


@pytest.mark.parametrize(
    "body",
    [
        "", "null", "[]", "{", '{"ops":1}', '{"ops":[]}', '{"ops":[1]}', '{"ops":[{}]}',
        '{"ops":[{"cid":"\\ud800","op":{}}]}', '{"ops":[{"cid":["x"],"op":"y"}]}',
        '{"ops":[' + ",".join(['{"cid":"x","op":{}}'] * 60) + "]}", "[" * 60_000, "x" * 100_000,
        '{"ops":[{"cid":"aaaaaaaaaaaaaaaaaaaa","op":{"kind":"note.add","column":"\\u0000","text":"a"}}]}',
    ],
    ids=lambda body: body[:30],
)  # fmt: skip
def test_a_crooked_body_is_refused(served: Served, party: Party, body: str) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    told = mo.post(None, body=body)
    assert told and {frame["t"] for frame in told} == {"refused"}, told
    assert not Note.objects.exists()


def test_a_body_of_two_megabytes_is_turned_away(served: Served, party: Party) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    (told,) = mo.post(None, body="x" * 2_000_000)
    assert told["code"] == "bad"


@pytest.mark.parametrize("since", ["-1", "x", "1e3", "٣", "9" * 30, "999999", "0&since=1", "null"])
def test_a_crooked_number_brings_the_whole_board(served: Served, party: Party, since: str) -> None:
    party.write(party.sit("ib"), "Det, der er.")
    mo = Walker(served, party, comes_in(party, "mo"))
    from urllib.parse import quote

    assert mo.get(query=f"?since={quote(since, safe='%&=')}") == 200
    assert mo.board.seq in {1}


def test_the_road_has_the_same_limit_as_the_socket(served: Served, party: Party) -> None:
    mo = Walker(served, party, comes_in(party, "mo"))
    told = mo.post([adds(party, f"Nummer {n}.") for n in range(50)])
    codes = [frame["code"] for frame in told if frame["t"] == "refused"]
    assert set(codes) == {"too_fast"} and len(codes) >= 25
    assert Note.objects.count() == 50 - len(codes)
