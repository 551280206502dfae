"""The road without a socket: the same operations, the same frames, asked for by ordinary requests."""

import json
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.db import Error as DatabaseProblem
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from cocreate.boards.access import here_or_404
from cocreate.boards.asking import Asked, Done
from cocreate.boards.frames import ack, refusal
from cocreate.boards.intents import read_intent
from cocreate.boards.limits import bucket_of
from cocreate.boards.models import Board
from cocreate.boards.operations import do
from cocreate.boards.reading import newest
from cocreate.boards.refusals import Code, Refused
from cocreate.boards.seats import Seat
from cocreate.boards.welcome import welcome
from cocreate.contributions.codes import digest

MOST_AT_ONCE = 50
LONGEST_BODY = 64 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
def operations(request: HttpRequest, code: str) -> HttpResponse:
    """GET gives what happened after `since`; POST does operations and gives their answers."""
    here = here_or_404(request, code)
    if request.method == "POST":
        return _frames(_do(request, here.board, here.seat))
    return _told(request, here.board, here.seat, _since(request))


@require_safe
def snapshot(request: HttpRequest, code: str) -> HttpResponse:
    here = here_or_404(request, code)
    return _told(request, here.board, here.seat, None)


def _told(request: HttpRequest, board: Board, seat: Seat, since: int | None) -> HttpResponse:
    now = newest(board.pk)
    is_the_newest = request.headers.get("If-None-Match") == _tag(now, seat)
    if is_the_newest and since in {None, now}:
        return _private(HttpResponseNotModified(), _tag(now, seat))
    texts, seq = welcome(board.pk, seat, since)
    return _private(_frames(texts), _tag(seq, seat))


def _tag(seq: int, seat: Seat) -> str:
    """One seat's answer is no other's, so the seat is in the tag as well as in the cookie; by a
    digest, since nobody's number leaves the server."""
    return f'"{seq}-{digest("board-tag", f"{seat.workshop}|{seat.participant}")[:16]}"'


def _since(request: HttpRequest) -> int | None:
    asked = request.GET.get("since", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 16 else None


def _do(request: HttpRequest, board: Board, seat: Seat) -> list[str]:
    told: list[str] = []
    asked: list[Asked] = []
    bucket = bucket_of(seat.person)
    for cid, op in _operations(request):
        try:
            if not bucket.takes_one():
                raise Refused(Code.TOO_FAST)
            asked.append(Asked(seat, read_intent(cid, op)))
        except Refused as refused:
            told.append(refusal(cid[:64] if isinstance(cid, str) else "", refused))
    try:
        answers = do(board, asked).answers if asked else []
    except DatabaseProblem:
        answers = [Refused(Code.UNAVAILABLE)] * len(asked)
    done: list[tuple[str, Done]] = []
    for one, answer in zip(asked, answers, strict=True):
        if isinstance(answer, Refused):
            told.append(refusal(one.intent.cid, answer))
        else:
            done.append((one.intent.cid, answer))
    return [*told, ack(done)] if done else told


def _operations(request: HttpRequest) -> list[tuple[Any, Any]]:
    """What the body asks for; nothing when it is no such body."""
    try:
        body = json.loads(request.body) if len(request.body) <= LONGEST_BODY else None
    except (ValueError, RecursionError, RequestDataTooBig):
        return [("", None)]
    wanted = body.get("ops") if isinstance(body, dict) else None
    if not isinstance(wanted, list) or not 0 < len(wanted) <= MOST_AT_ONCE:
        return [("", None)]
    return [
        (one.get("cid"), one.get("op")) if isinstance(one, dict) else ("", None) for one in wanted
    ]


def _frames(texts: list[str]) -> HttpResponse:
    """The frames that a socket would have brought, in their order."""
    answer = HttpResponse(f'{{"frames":[{",".join(texts)}]}}', content_type="application/json")
    patch_cache_control(answer, private=True, no_cache=True)
    return answer


def _private(answer: HttpResponse, tag: str) -> HttpResponse:
    answer.headers["ETag"] = tag
    patch_cache_control(answer, private=True, no_cache=True)
    return answer
