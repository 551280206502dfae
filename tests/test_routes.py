"""Role × route: for each address, what each of the cast meets when they open or send it."""

import pytest
from django.conf import settings
from django.test import Client

from cocreate.boards.operations import harvest
from cocreate.contributions.models import Contribution, KindName
from cocreate.revisions.putting_forward import open_process
from tests.boards.people import hold
from tests.cast import PEOPLE, STRANGER_NAME, Cast, begin, give_story, open_forum, show, topic_of
from tests.revisions.conftest import Council, process
from tests.routes import ROUTES
from tests.stories.selecting import selection
from tests.walking import Route, is_wagtails_admin, routes

OURS = [route for route in routes() if not is_wagtails_admin(route)]
WAGTAILS = [route for route in routes() if is_wagtails_admin(route) and "(" not in route.path]
HOSTS = {"host", "second_host"}
EDITORS = {"editor"}
# Wagtail's own doors that we closed, and scripts that hold no words
ADMIN_OPEN_TO_ALL = {
    "admin/login/",
    "admin/logout/",
    "admin/password_reset/",
    "admin/password_reset/<path:rest>",
    "admin/jsi18n/",
    "admin/sprite/",
}


@pytest.fixture
def values(house: None, cast: Cast) -> dict[str, object]:
    forum = open_forum("aabent")
    post = begin(forum)
    show(post, by=cast.host)
    story = show(give_story(), by=cast.host)
    party = hold(cast, hidden=False)
    workshop = party.workshop
    harvest(party.board, [party.write(party.sit("mo"), "En seddel, der blev høstet.")])
    show(Contribution.objects.get(kind=KindName.NOTE), by=cast.second_host)
    council = Council(cast)
    council.process = open_process(process())
    council.wants(insights=(council.insight(council.voice()),))
    chosen = selection(story, by=cast.host)
    return {
        "fortael/<slug:name>": "brug",
        "fortaellinger/udvalg/<slug:public_id>": chosen.public_id,
        "vaert/udvalg/<str:public_id>": chosen.public_id,
        "hvad-sker-der/<slug:slug>": council.process.slug,
        "v/<str:code>": workshop.code,
        "vaerksteder/<str:public_id>": workshop.room.public_id,
        "public_id": story.public_id,
        "slug": "borgeren-i-centrum",
        "forum_slug": "aabent",
        "topic_id": topic_of(post).pk,
        "number": 1,
        "code": "2.3",
        "edition": 1,
        "ref": "2.3",
        "newer": 1,
        "older": 1,
        "scope": "show",
        "file_id": "findes-ikke",
        "pk": 1,
        "name": "images/x.jpg",
        "rest": "x",
    }


def test_every_address_of_ours_is_in_the_matrix() -> None:
    assert {route.path for route in OURS} == set(ROUTES)


def leads_to_sign_in(response: object) -> bool:
    return response.status_code == 302 and response["Location"].startswith("/konto/login/")  # type: ignore[attr-defined,index]


def filled(route: Route, values: dict[str, object]) -> str:
    """A workshop's names are the same as a guideline's and a story's; `values` tells them apart."""
    own = {key: value for key, value in values.items() if "/" in key and route.path.startswith(key)}
    named = {key.partition(":")[2].rstrip(">"): value for key, value in own.items()}
    return route.fill(**{key: value for key, value in values.items() if "/" not in key} | named)


def status(client: Client, method: str, path: str) -> tuple[int, str]:
    response = client.get(path) if method == "GET" else client.post(path)
    return response.status_code, response.headers.get("Location", "")


@pytest.mark.django_db
@pytest.mark.parametrize("name", [STRANGER_NAME, *PEOPLE])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_each_of_the_cast_meets_what_the_matrix_says(
    values: dict[str, object], cast: Cast, name: str, method: str
) -> None:
    wrong = []
    for route in OURS:
        if "(" in route.path:
            continue
        # A fresh session each time: a sent logout must not decide what the next address answers.
        code, to = status(cast.client(name), method, filled(route, values))
        if not as_expected(ROUTES[route.path], name, method, code, to):
            wrong.append(f"{method} {route.path} ({ROUTES[route.path]}): {code} {to}")
    assert wrong == []


def as_expected(who: str, name: str, method: str, code: int, to: str) -> bool:
    to_sign_in = code == 302 and to.startswith("/konto/login/")
    match who:
        case "open":
            return code in ({200, 301, 302} if method == "GET" else {404, 405})
        case "form":
            return code in {200, 302, 303, 404, 405, 409, 422} and not to.startswith("/vaert/")
        case "account":
            if name == STRANGER_NAME:
                return to_sign_in or code == 405
            return code in {200, 302, 403, 404, 405, 422}
        case "sign-in":
            return code in {200, 302, 403, 405}
        case "desk":
            if name in HOSTS:
                return code in {200, 302, 404, 405, 409, 422}
            return closed_area(name, code, to, right_role="host")
        case "analysis":
            if name == "analyst":
                return code in {200, 302, 404, 405, 409, 422}
            return closed_area(name, code, to, right_role="analyst")
        case "staff" | "leader":
            if name == STRANGER_NAME:
                return to_sign_in or code == 405
            if name in (HOSTS if who == "leader" else {"staff", "analyst", *HOSTS, *EDITORS}):
                return code in {200, 302, 404, 405, 409, 422}
            return code in {404, 405} or to == "/konto/to-trin/"
        case "seat":
            may_put_up_the_wall = name in HOSTS and code == 200
            is_away = code in {302, 403, 404, 405} and not to.startswith("/konto/")
            return may_put_up_the_wall or is_away
        case "closed":
            return code in {302, 404, 405}
        case "machine":
            return code in {200, 302, 404, 405}
    return False


def closed_area(name: str, code: int, to: str, *, right_role: str) -> bool:
    if name == STRANGER_NAME:
        return code == 302 and to.startswith("/konto/login/")
    if right_role in PEOPLE[name][0]:
        return code == 302 and to == "/konto/to-trin/"
    return code == 403


@pytest.mark.django_db
@pytest.mark.parametrize("name", [STRANGER_NAME, *[p for p in PEOPLE if p not in EDITORS]])
def test_wagtails_admin_is_closed_to_everybody_but_editors(
    values: dict[str, object], cast: Cast, name: str
) -> None:
    client, wrong = cast.client(name), []
    for route in WAGTAILS:
        if route.path in ADMIN_OPEN_TO_ALL:
            continue
        path = route.fill(**{part.rpartition(":")[2]: "1" for part in route.names})
        code, to = status(client, "GET", path)
        if not closed_area(name, code, to, right_role="editor"):
            wrong.append(f"{route.path}: {code} {to}")
    assert wrong == []


@pytest.mark.django_db
def test_wagtails_own_sign_in_is_closed(cast: Cast) -> None:
    for path in ("/admin/login/", "/admin/password_reset/"):
        code, to = status(Client(), "POST", path)
        assert (code, to.partition("?")[0]) in {(302, "/konto/login/"), (405, "")}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path",
    ["/vaert", "/VAERT/", "/Vaert/", "/en/vaert/", "/vaert//", "/vaert/%2e%2e/vaert/",
     "/admin", "/ADMIN/", "/admin//", "/analyse/", "/en/analyse/x"],
)  # fmt: skip
def test_no_spelling_of_a_staff_address_opens_it(values: object, path: str) -> None:
    response = Client().get(path)
    assert response.status_code in {301, 302, 404}
    if response.status_code == 302:
        assert "/konto/login/?next=" in response["Location"]


@pytest.mark.django_db
def test_every_answer_carries_the_headers(values: dict[str, object], cast: Cast) -> None:
    missing = []
    for name in (STRANGER_NAME, "host", "editor"):
        for route in OURS:
            if "(" in route.path:
                continue
            response = cast.client(name).get(filled(route, values))
            for header in HEADERS:
                if header not in response.headers:
                    missing.append(f"{route.path}: {header}")
            policy = response.headers["Content-Security-Policy"]
            if "unsafe" in policy and not route.path.startswith("admin/"):
                missing.append(f"{route.path}: {policy}")
    assert missing == []


HEADERS = (
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Permissions-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", ["/static/css/app.css", "/static/nope.css", "/findes-ikke/", "/%00"]
)
def test_files_and_refusals_carry_the_headers_too(path: str, house: None) -> None:
    response = Client().get(path)
    response.close()
    assert [header for header in HEADERS if header not in response.headers] == []


@pytest.mark.django_db
def test_a_server_error_carries_the_headers_and_says_nothing(
    house: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*args: object, **kwargs: object) -> None:
        raise RuntimeError("hemmeligt")

    monkeypatch.setattr("cocreate.help.views.render", break_down)
    response = Client(raise_request_exception=False).get("/hjaelp-nu/")
    assert response.status_code == 500
    assert [header for header in HEADERS if header not in response.headers] == []
    assert "hemmeligt" not in response.content.decode()
    assert "112" in response.content.decode()


@pytest.mark.django_db
def test_public_pages_set_no_cookie_and_write_nothing(
    values: dict[str, object], django_assert_num_queries: object
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    faults = []
    for route in OURS:
        if ROUTES[route.path] != "open" or "(" in route.path:
            continue
        client = Client()
        with CaptureQueriesContext(connection) as queries:
            response = client.get(filled(route, values), follow=True)
        writes = [q["sql"] for q in queries if not q["sql"].lstrip().upper().startswith(READS)]
        if response.cookies or writes or b"csrfmiddlewaretoken" in response.content:
            faults.append((route.path, dict(response.cookies), writes))
    assert faults == []
    assert settings.SESSION_COOKIE_NAME


READS = ("SELECT", "PRAGMA", "EXPLAIN")
