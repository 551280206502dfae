"""Staff areas by crooked addresses and borrowed sessions."""

import pytest
from allauth.account.internal.flows.login import _AUTHENTICATION_METHODS_USER_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.contrib.auth.models import Group

from cocreate.accounts.middleware import area_of
from tests.cast import Cast, give_story

pytestmark = pytest.mark.django_db

CROOKED = [
    "/vaert/", "/vaert", "//vaert/", "/vaert//", "/VAERT/", "/Vaert/", "/en/vaert/", "/EN/vaert/",
    "/En/VaErt/", "/da/vaert/", "/DA/vaert/", "/en/en/vaert/", "/en/da/vaert/", "/da/en/vaert/",
    "/en//vaert/", "/en-gb/vaert/", "/vaert/.", "/vaert/..;/", "/./vaert/", "/x/../vaert/",
    "/%76aert/", "/vaert%2f", "/en%2fvaert/", "/%65n/vaert/", "/vaert/?x=/konto/", "/vaert/%00",
    "/admin", "/admin/", "/ADMIN/", "/en/admin/", "//admin/", "/admin/pages/", "/admin/login/",
    "/%61dmin/", "/admin/images/", "/admin/snippets/", "/analyse/", "/en/analyse/", "/Analyse",
    "/vaert;/", "/vaert\u200b/", "/ＶＡＥＲＴ/", "/vært/", "/admın/", "/vaert/\\", "\\vaert/",
]  # fmt: skip


@pytest.mark.parametrize("path", CROOKED)
@pytest.mark.parametrize(
    "name", ["stranger", "citizen", "politician", "host_without_second_factor"]
)
def test_no_crooked_address_opens_a_staff_area(cast: Cast, name: str, path: str) -> None:
    answer = cast.client(name).get(path)
    assert answer.status_code in {301, 302, 400, 403, 404}, path
    if answer.status_code in {301, 302}:
        followed = cast.client(name).get(path, follow=True)
        words = followed.content.decode(errors="replace").lower()
        assert "/vaert/" not in followed.request["PATH_INFO"].lower() or followed.status_code >= 400
        assert "jeg vil bo et sted" not in words


def test_an_address_with_a_language_lies_in_the_same_area() -> None:
    for path in ("/vaert/", "/en/vaert/x/", "/EN/VAERT", "/da/vaert/"):
        assert area_of(path) == "/vaert/", path
    assert area_of("/vaertshus/") is None


def test_somebody_elses_second_factor_does_not_count(cast: Cast) -> None:
    client = cast.client("host")
    assert client.get("/vaert/").status_code == 200
    session = client.session
    session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(cast.second_host)
    session.save()
    assert client.get("/vaert/").status_code == 302


def test_a_lost_role_closes_the_desk_in_the_same_session(cast: Cast) -> None:
    story = give_story().contribution
    client = cast.client("host")
    assert client.get(f"/vaert/{story.public_id}/").status_code == 200
    cast.host.groups.clear()
    assert client.get(f"/vaert/{story.public_id}/").status_code == 403
    cast.host.groups.add(Group.objects.get(name="host"))
    cast.host.is_active = False
    cast.host.save()
    assert client.get(f"/vaert/{story.public_id}/").status_code == 302


def test_a_made_up_or_stale_session_is_a_strangers(cast: Cast) -> None:
    story = give_story().contribution
    for cookie in ("", "x", "a" * 32, "../../etc", "0" * 4000):
        client = cast.client("stranger")
        client.cookies["sessionid"] = cookie
        assert client.get(f"/kode/{story.public_id}/traek-tilbage/").status_code in {302, 404}
