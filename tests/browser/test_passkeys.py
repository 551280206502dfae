"""A host's second step in a real browser: a passkey is added, and opens the desk the next time."""

import pytest
from django.core import mail

from tests.browser.conftest import Opens
from tests.browser.place import SIGN_IN_CODE
from tests.browser.window import Window
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("live_server", "house")]

# A phone that unlocks with a finger, played by Chromium.
FINGER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def with_a_finger(window: Window) -> Window:
    session = window.context.new_cdp_session(window.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": FINGER})
    return window


def sign_in_by_mail(window: Window, address: str) -> None:
    window.open("/konto/login/")
    window.write("login", address)
    window.press()
    window.write("code", SIGN_IN_CODE.findall(str(mail.outbox[-1].body))[-1])
    window.press()


def test_a_host_adds_a_passkey_and_opens_the_desk_with_it(opens: Opens, cast: Cast) -> None:
    window = with_a_finger(opens())
    sign_in_by_mail(window, cast.host.email)
    window.open("/vaert/")
    assert window.address == "/konto/to-trin/"
    window.open("/konto/2fa/webauthn/add/")
    window.write("name", "Min telefon")
    window.control("passwordless").check()
    window.press("#mfa_webauthn_add")
    window.page.wait_for_url(lambda url: "/add/" not in url)
    assert window.address == "/konto/2fa/recovery-codes/"
    assert window.page.locator(".codes li").count() == 10
    assert window.open("/vaert/") == 200 and window.address == "/vaert/"
    window.context.clear_cookies()
    window.open("/konto/login/?next=/vaert/")
    window.press("#passkey_login")
    window.page.locator(".staffbar").wait_for()
    assert window.address == "/vaert/"


def test_a_host_with_a_passkey_alone_proves_who_they_are_with_it(opens: Opens, cast: Cast) -> None:
    """Before a change of the account, and where a mail's code is only the first step."""
    window = with_a_finger(opens())
    sign_in_by_mail(window, cast.host.email)
    window.open("/konto/2fa/webauthn/add/")
    window.write("name", "Min telefon")
    window.press("#mfa_webauthn_add")
    window.page.wait_for_url(lambda url: "/add/" not in url)
    window.open("/konto/logout/")
    window.press("main form .acts button")
    sign_in_by_mail(window, cast.host.email)
    assert window.address == "/konto/2fa/authenticate/"
    window.press("#mfa_webauthn_authenticate")
    window.page.wait_for_url("**/konto/")
    window.open("/konto/2fa/recovery-codes/")
    assert window.address == "/konto/2fa/webauthn/reauthenticate/"
    window.press("#mfa_webauthn_reauthenticate")
    window.page.locator(".codes li").first.wait_for()
    assert window.address == "/konto/2fa/recovery-codes/"
