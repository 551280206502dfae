"""What the sign-in says, on the page and by mail, is said in our own words."""

import re
from pathlib import Path
from typing import Any

import allauth
import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail
from django.template.loader import get_template
from django.test import Client

from tests.accounts.test_sign_in import code_in_mail, enrol, sign_in
from tests.cast import account

INSTALLED = Path(allauth.__file__).parent / "templates"
# Passwords and telephone numbers do not exist here: no path leads to these.
NEVER_SAID = re.compile(r"password|phone")
KINDS = ("account/messages", "account/email", "mfa/messages", "mfa/email")
NAMES = sorted(
    str(found.relative_to(INSTALLED))
    for kind in KINDS
    for found in (INSTALLED / kind).glob("*.txt")
)
SAID = [name for name in NAMES if not NEVER_SAID.search(name)]
ALL_IT_MAY_NEED: dict[str, Any] = {
    "code": "ABCD-EFGH",
    "deleted_email": "gammel@cast.example",
    "email": "kim@cast.example",
    "from_email": "gammel@cast.example",
    "recipient": "kim@cast.example",
    "signup_url": "http://testserver/konto/signup/",
    "to_email": "ny@cast.example",
}


def test_the_list_is_read_from_what_is_installed() -> None:
    assert len(SAID) > 35
    assert set(NAMES) - set(SAID)


@pytest.mark.django_db
@pytest.mark.parametrize("name", SAID)
def test_every_message_and_mail_is_ours_and_calm(name: str) -> None:
    template = get_template(name)
    assert Path(template.template.origin.name).is_relative_to(settings.BASE_DIR / "templates")
    words = template.render(ALL_IT_MAY_NEED)
    assert "!" not in words
    assert not re.search(r"security key|authenticator|recovery|two-factor", words, re.IGNORECASE)


@pytest.mark.django_db
def test_a_person_who_signs_in_is_told_so_once_by_the_page_itself(strategy: None) -> None:
    account("kim@cast.example")
    client = Client()
    client.post("/konto/login/", {"login": "kim@cast.example"})
    client.get("/konto/login/code/confirm/")
    client.post("/konto/login/code/confirm/", {"code": code_in_mail()})
    first = client.get("/konto/")
    assert "kim@cast.example" in first.content.decode()
    assert not [str(said) for said in get_messages(first.wsgi_request)]


@pytest.mark.django_db(transaction=True)
def test_the_mails_of_a_first_second_step_and_of_new_addresses_are_danish(strategy: None) -> None:
    account("kim@cast.example")
    client = Client()
    sign_in(client, "kim@cast.example")
    enrol(client)
    client.post("/konto/2fa/recovery-codes/generate/")
    client.post("/konto/email/", {"action_add": "", "email": "ny@cast.example"})
    client.post("/konto/confirm-email/", {"code": code_in_mail()})
    subjects = [message.subject for message in mail.outbox]
    assert len(subjects) >= 4
    for message in mail.outbox:
        assert "Venlig hilsen" in str(message.body)
        assert not re.search(
            r"!|Two-Factor|Authenticator|gendannelse|sikkerhedsnøgle", message.body
        )
