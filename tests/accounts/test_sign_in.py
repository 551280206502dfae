"""Signing in: by code, with a second factor for staff, and no other way."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client, override_settings
from django.utils import translation

from cocreate.accounts.models import Role, User
from tests.browser.place import passkey
from tests.cast import Cast, account, client_of

pytestmark = pytest.mark.django_db


def code_in_mail() -> str:
    found = re.search(r"^([A-Z0-9]{4}-[A-Z0-9]{4})$", str(mail.outbox[-1].body), re.M)
    assert found, mail.outbox[-1].body
    return found.group(1)


def sign_in(client: Client, email: str) -> None:
    client.post("/konto/login/", {"login": email})
    client.post("/konto/login/code/confirm/", {"code": code_in_mail()})


def totp_now(secret: str) -> str:
    import time

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def enrol(client: Client) -> str:
    page = client.get("/konto/2fa/totp/activate/")
    secret = page.context["form"].secret
    response = client.post("/konto/2fa/totp/activate/", {"code": totp_now(secret)})
    assert response.status_code == 302, response.content.decode()
    return str(secret)


def test_a_citizen_signs_in_with_a_code_from_the_mail(strategy: None) -> None:
    account("kim@cast.example")
    client = Client()
    sign_in(client, "kim@cast.example")
    assert "kim@cast.example" in client.get("/konto/").content.decode()


def test_a_wrong_code_signs_nobody_in(strategy: None) -> None:
    account("kim@cast.example")
    client = Client()
    client.post("/konto/login/", {"login": "kim@cast.example"})
    client.post("/konto/login/code/confirm/", {"code": "AAA-AAA"})
    assert client.get("/konto/").status_code == 302


def test_a_host_must_choose_a_second_factor_before_the_desk_opens(strategy: None) -> None:
    account("lene@cast.example", Role.HOST)
    client = Client()
    sign_in(client, "lene@cast.example")
    assert client.get("/vaert/")["Location"] == "/konto/to-trin/"
    enrol(client)
    client.post("/konto/logout/")
    sign_in(client, "lene@cast.example")
    assert client.get("/vaert/").status_code == 302
    secret = Authenticator.objects.get(type="totp").wrap().instance.data["secret"]
    assert "otpauth" not in secret


def test_the_second_factor_is_asked_for_at_the_next_sign_in(strategy: None) -> None:
    account("lene@cast.example", Role.HOST)
    client = Client()
    sign_in(client, "lene@cast.example")
    secret = enrol(client)
    client.post("/konto/logout/")
    client.post("/konto/login/", {"login": "lene@cast.example"})
    asked = client.post("/konto/login/code/confirm/", {"code": code_in_mail()})
    assert asked["Location"] == "/konto/2fa/authenticate/"
    from django.core.cache import cache

    cache.clear()  # a code is good once; the test does not wait half a minute for the next
    client.post("/konto/2fa/authenticate/", {"code": totp_now(secret)})
    assert client.get("/vaert/").status_code == 200


def test_the_secret_of_the_authenticator_is_encrypted(strategy: None) -> None:
    account("lene@cast.example", Role.HOST)
    client = Client()
    sign_in(client, "lene@cast.example")
    secret = enrol(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)


def test_losing_the_role_closes_the_desk_at_the_next_request(strategy: None, cast: Cast) -> None:
    client = cast.client("host")
    assert client.get("/vaert/").status_code == 200
    cast.host.groups.clear()
    assert client.get("/vaert/").status_code == 403


def test_a_closed_account_is_out_at_the_next_request(strategy: None, cast: Cast) -> None:
    client = cast.client("host")
    cast.host.is_active = False
    cast.host.save()
    assert client.get("/vaert/").status_code in {302, 403}


def test_known_and_unknown_addresses_are_answered_alike(strategy: None) -> None:
    account("kim@cast.example")
    answers = []
    for email in ("kim@cast.example", "nobody@cast.example"):
        for path, field in (("/konto/login/", "login"), ("/konto/signup/", "email")):
            response = Client().post(path, {field: email})
            answers.append((path, response.status_code, response["Location"]))
    assert answers[:2] == answers[2:]


def test_nobody_has_a_password() -> None:
    user = User.objects.create_user("kim@cast.example", password="hemmelig")
    boss = User.objects.create_superuser("chef@cast.example", password="hemmelig")
    assert not user.has_usable_password()
    assert not boss.has_usable_password()


def test_an_address_has_one_account_whatever_its_case() -> None:
    from django.db import IntegrityError

    User.objects.create_user("Kim@Cast.example")
    with pytest.raises(IntegrityError):
        User.objects.create_user("kim@cast.EXAMPLE")


def test_many_wrong_tries_are_stopped(strategy: None) -> None:
    account("kim@cast.example")
    client = Client()
    codes = [
        client.post("/konto/login/", {"login": "kim@cast.example"}).status_code for _ in range(40)
    ]
    assert 429 in codes


def test_no_row_keeps_where_somebody_signed_in_from(strategy: None) -> None:
    from tests.contributions.test_receiving import whole_database

    account("kim@cast.example")
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Kanariefugl/1.0")
    sign_in(client, "kim@cast.example")
    everything = whole_database() + "".join(str(m.message()) for m in mail.outbox)
    assert "203.0.113.77" not in everything
    assert "Kanariefugl" not in everything


def test_the_demonstration_cast_cannot_sign_in_outside_dev() -> None:
    assert Client().get("/konto/demo/").status_code == 404


@override_settings(DEMONSTRATION_CAST=True)
def test_doctor_refuses_the_demonstration_cast_elsewhere() -> None:
    with pytest.raises(CommandError):
        call_command("doctor")


@pytest.mark.parametrize(
    ("setting", "value"),
    [("FIELD_KEYS", []), ("FIELD_KEYS", ["x"]), ("RECEIPT_KEY", ""), ("DEBUG", True)],
)
def test_doctor_refuses_what_would_lose_or_leak(
    setting: str, value: object, capsys: pytest.CaptureFixture[str]
) -> None:
    with override_settings(**{setting: value}), pytest.raises(CommandError):
        call_command("doctor")
    assert "REFUSED" in capsys.readouterr().out
    assert settings.SETTINGS_MODULE == "cocreate.settings.test"


def test_a_closed_session_of_somebody_else_is_no_second_factor(strategy: None, cast: Cast) -> None:
    client = client_of(cast.second_host, second_factor=False)
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": 1.0}]
    session["_account_authentication_methods_user"] = str(cast.host.pk)
    session.save()
    assert client.get("/vaert/").status_code == 302


def test_who_adds_a_first_second_step_sees_the_spare_codes_and_may_enter_the_desk(
    strategy: None,
) -> None:
    account("lene@cast.example", Role.HOST)
    client = Client()
    sign_in(client, "lene@cast.example")
    secret = client.get("/konto/2fa/totp/activate/").context["form"].secret
    codes = client.post("/konto/2fa/totp/activate/", {"code": totp_now(secret)}, follow=True)
    assert codes.request["PATH_INFO"] == "/konto/2fa/recovery-codes/"
    assert len(codes.context["unused_codes"]) == 10
    assert all(code in codes.content.decode() for code in codes.context["unused_codes"])
    assert client.get("/vaert/").status_code == 200


def test_a_session_from_before_the_second_step_was_added_does_not_open_the_desk(
    strategy: None,
) -> None:
    account("lene@cast.example", Role.HOST)
    old, new = Client(), Client()
    for client in (old, new):
        sign_in(client, "lene@cast.example")
    enrol(new)
    assert old.get("/vaert/").status_code == 302
    asked = old.get("/konto/2fa/webauthn/add/", follow=True)
    assert asked.request["PATH_INFO"] == "/konto/2fa/reauthenticate/"


def test_who_has_only_a_passkey_is_asked_for_it_and_never_for_an_app(
    strategy: None, cast: Cast
) -> None:
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    Authenticator.objects.create(
        user=cast.host,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "x", "credential": passkey()},
    )
    RecoveryCodes.activate(cast.host)
    client = cast.client("host")
    asked = client.get("/konto/2fa/webauthn/add/", follow=True)
    assert asked.request["PATH_INFO"] == "/konto/2fa/webauthn/reauthenticate/"
    other = client.get("/konto/2fa/reauthenticate/")
    with translation.override("da"):
        app = translation.gettext("A code from your app")
    assert app not in other.content.decode()
    signing_in = Client()
    sign_in(signing_in, cast.host.email)
    assert app not in signing_in.get("/konto/2fa/authenticate/").content.decode()
