"""The demonstration, and what it lacks: every state that a page can show."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import time, timedelta
from hashlib import sha256

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from cocreate.accounts.demo import CAST_DOMAIN
from cocreate.accounts.models import User
from cocreate.contributions.kinds import links
from cocreate.contributions.models import Audience, Contribution
from cocreate.contributions.operations import Received, Words
from cocreate.contributions.viewer import STRANGER
from cocreate.forums.models import Forum, Post, Topic
from cocreate.help.models import StaffedHours, Weekday
from cocreate.insights.models import Code
from cocreate.moderation.appeals import appeal, decision_to_appeal
from cocreate.moderation.call_backs import ask
from cocreate.moderation.editing import suggest
from cocreate.moderation.intake import say_to
from cocreate.moderation.models import Reason, ReportReason
from cocreate.moderation.operations import decline, hide, return_to_author
from cocreate.pagecache.models import bump
from cocreate.stories.curation import choose
from cocreate.stories.models import Selection
from cocreate.themes.models import Guideline, Passage
from home.models import SiteTexts
from home.operations import EXAMPLE_PHONE
from tests.cast import begin, give_story, open_forum, reply, show, topic_of

BUSY_ROOM = "naar-man-venter-paa-svar"
LETTER = (
    "Vi har læst det, du skrev. Du nævner en anden, og den person kan ikke svare for sig selv "
    "her. Du må gerne skrive det samme uden navnet."
)
# As long as Danish gets: no page may be pushed sideways by it.
LONG_WORD = "Sagsbehandlingstidsforlængelsesbegrundelsesskrivelser"
SIGN_IN_CODE = re.compile(r"^\s*([A-Z0-9]{3,5}-[A-Z0-9]{3,5})\s*$", re.MULTILINE)
KEY_OF_AN_APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@dataclass
class Place:
    """Addresses of pages, codes of receipts and seats at boards (a cookie each), by name. `mail`
    reads the newest letter sent."""

    mail: Callable[[], str]
    address: dict[str, str] = field(default_factory=dict)
    code: dict[str, str] = field(default_factory=dict)
    seats: dict[str, tuple[str, str]] = field(default_factory=dict)
    spare_codes: list[str] = field(default_factory=list)

    def code_in_the_mail(self) -> str:
        return SIGN_IN_CODE.findall(self.mail())[-1]


def person(key: str) -> User:
    return User.objects.get(email=f"{key}@{CAST_DOMAIN}")


def furnish(mail: Callable[[], str]) -> Place:
    """Needs the demonstration of cocreate.transfer."""
    place, demonstration = Place(mail), timezone.now()
    SiteTexts.objects.update(**EXAMPLE_PHONE)
    _stories(place)
    _conversations(place)
    _closed_room(place)
    _desk(place)
    _second_steps(place)
    _chain(place)
    _calls(place)
    # Behind the demonstration's own stories, which are made to be read.
    earlier = Contribution.objects.filter(published_at__gt=demonstration)
    earlier.update(published_at=F("published_at") - timedelta(days=60))
    bump("site", "stories", "forums", f"forum:{BUSY_ROOM}")
    return place


def _keep_code(place: Place, name: str, received: Received) -> Contribution:
    place.code[name] = " ".join(received.code or ())
    place.address[f"{name}_desk"] = reverse("desk_item", args=[received.contribution.public_id])
    return received.contribution


def _calls(place: Place) -> None:
    """Somebody sits here each day, and two people wait for a call; one of them by a code."""
    for weekday in Weekday.values:
        StaffedHours.objects.create(weekday=weekday, opens=time(9), closes=time(15))
    ask(submission_id="to-call", viewer=STRANGER, number="40 12 34 56", name="Bo")
    received = give_story("Jeg vil gerne tale med nogen.", title="Tale")
    _keep_code(place, "called", received)
    held = received.contribution.receipt_id
    row = ask(submission_id="to-call-too", viewer=STRANGER, number="40 12 34 57", receipt=held)
    place.address["call_desk"] = reverse("desk_call_back", args=[row.pk])


def _stories(place: Place) -> None:
    host, about = person("lene"), Guideline.objects.select_related("theme").get(code="2.3")
    given = {"theme": about.theme, "guidelines": [about]}
    shown = show(
        give_story(
            "Der kom et brev på fire sider. Jeg læste det to gange, og så lagde jeg det i skuffen. "
            "En uge efter ringede jeg. Hun sagde det på to minutter.",
            **given,
        ),
        by=host,
    )
    noted = show(give_story("Jeg vil ikke sige mere om den nat.", title="Natten", **given), by=host)
    Contribution.objects.filter(pk=noted.pk).update(content_note="Handler om selvmord")
    long = show(give_story(f"De skrev {LONG_WORD} til mig.", title=LONG_WORD, **given), by=host)
    for name, story in {"story": shown, "noted_story": noted, "long_story": long}.items():
        place.address[name] = reverse("story", args=[story.public_id])
    made = Selection.objects.get()
    place.address["selection"] = made.get_absolute_url()
    place.address["selection_desk"] = reverse("desk_selection", args=[made.public_id])
    place.address["selection_choose"] = reverse("desk_choose", args=[made.public_id])
    place.address["selection_preview"] = reverse("desk_selection_preview", args=[made.public_id])
    chosen = give_story("Jeg fik en nøgle.", title="Nøglen")
    show(_keep_code(place, "chosen", chosen), by=host)
    choose(made, chosen.contribution.public_id)
    place.address["say_to_story"] = reverse("story_say_to", args=[shown.public_id])
    why = {"by": host, "reason": Reason.NAMES_OTHERS, "message": LETTER}
    returned = give_story("Det var Mette, der hjalp mig.", title="Mette")
    return_to_author(_keep_code(place, "returned", returned), **why)
    asked = give_story("De kaldte mig ind, og så kom Mette ikke.", title="Mødet")
    suggest(
        _keep_code(place, "edited", asked),
        words=Words(text="De kaldte mig ind, og så kom hun ikke.", title="Mødet"),
        message="Vi har taget navnet ud. Er det i orden?",
        by=host,
    )
    declined = give_story("De er alle sammen ens derinde.", title="Alle sammen")
    decline(_keep_code(place, "declined", declined), **why)
    for name in ("shown", "to_take_back"):
        received = give_story("Jeg gik selv derhen. Det gik godt.", title="Selv")
        show(_keep_code(place, name, received), by=host)
    _keep_code(place, "too_late", give_story("Jeg er ikke færdig med at skrive."))


def _conversations(place: Place) -> None:
    host, room = person("lene"), Forum.objects.get(slug=BUSY_ROOM)
    topic = Topic.objects.filter(forum=room).first()
    assert topic is not None
    first = Post.objects.filter(topic=topic, number=1).get()
    show(reply(topic, "Jeg går en tur med hunden.", alias="Rødhals", reply_to=first), by=host)
    noted = show(reply(topic, "Den nat tog jeg dem alle sammen.", alias="Vibe"), by=host)
    Contribution.objects.filter(pk=noted.pk).update(content_note="Handler om selvmord")
    closed = begin(room, "Her taler vi ikke mere.", title=f"Om {LONG_WORD}", alias="Terne")
    show(closed, by=host)
    Topic.objects.filter(pk=topic_of(closed).pk).update(closed=True)
    place.address["topic"] = links([first.contribution_ptr])[first.pk].partition("#")[0]
    place.address["closed_topic"] = topic_of(closed).get_absolute_url()
    place.address["reply"] = f"{place.address['topic']}svar/"
    place.address["say_to_post"] = f"{place.address['topic']}indlaeg/1/sig-til/"


def _closed_room(place: Place) -> None:
    member = person("bente")
    room = open_forum(
        "paaroerendes-eget-rum",
        audience=Audience.ROOM,
        members=[member],
        hosts=[person("farid")],
        host=person("farid"),
        hours="Torsdage kl. 19–21",
        description="Et lukket rum. Kun medlemmer kan læse med.",
    )
    topic = begin(room, "Hvordan sover I?", title="Om natten", alias="Taks")
    show(topic, by=person("farid"))
    place.address["closed_room"] = room.get_absolute_url()
    place.address["closed_room_topic"] = topic_of(topic).get_absolute_url()


def _desk(place: Place) -> None:
    host, other = person("lene"), person("farid")
    worry = give_story("Nogle aftener tænker jeg på at tage mit eget liv.", title="Aften")
    _keep_code(place, "worry", worry)
    found = give_story("Ring til mig på 40 12 34 56. Jeg bor Skovvej 12, 3600 Prøveby.")
    _keep_code(place, "found", found)
    kept = give_story("Brug det, men vis det ikke.", scopes=["analyse"])
    _keep_code(place, "not_to_be_shown", kept)
    told = show(give_story("Naboen hedder Preben, og han larmer.", title="Larm"), by=host)
    say_to(
        told, submission_id="told", reason=ReportReason.values[0], text="Han er nem at kende her."
    )
    place.address["told_desk"] = reverse("desk_item", args=[told.public_id])
    asked = give_story("Jeg skrev det, som det var.", title="Som det var")
    contribution = show(_keep_code(place, "asked", asked), by=other)
    hide(contribution, by=other, reason=Reason.NAMES_OTHERS, message=LETTER)
    decision = decision_to_appeal(Contribution.objects.get(pk=contribution.pk))
    assert decision is not None
    appeal(decision, text="Jeg har ikke nævnt nogen. Vil en anden læse det?")
    shown = show(give_story("Kaffen var varm.", title="Kaffe"), by=host)
    place.address["shown_desk"] = reverse("desk_item", args=[shown.public_id])


def _chain(place: Place) -> None:
    """Addresses in the demonstration's thread from voices to a second edition."""
    words = Passage.objects.in_force().get(guideline__code="2.3")
    used = Contribution.objects.get(published_title="Hun ringede på fredag")
    unused = Contribution.objects.get(published_title="Torsdag")
    place.address |= {
        "propose": f"{reverse('proposal_new')}?stykke={words.uid}",
        "compare_one": f"{reverse('compare', args=[2, 1])}?stykke={words.uid}",
        "became": reverse("voice", args=[used.public_id]),
        "used_story": reverse("story", args=[used.public_id]),
        "say_to_amendment": reverse("amendment_say_to", args=[4]),
        "to_read": reverse("analysis_read", args=[used.public_id]),
        "to_vanish": reverse("analysis_read", args=[unused.public_id]),
        "a_code": reverse("code", args=[Code.objects.get(name="Besked undervejs").pk]),
    }


def _second_steps(place: Place) -> None:
    """One member of staff who has every kind of second step, with pages about each."""
    user = person("rasmus")
    TOTP.activate(user, KEY_OF_AN_APP)
    place.spare_codes = list(RecoveryCodes.activate(user).get_unused_codes())
    key = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Min telefon", "credential": passkey()},
    )
    for verb in ("edit", "remove"):
        place.address[f"{verb}_key"] = reverse(f"mfa_{verb}_webauthn", args=[key.pk])
    EmailAddress.objects.get_or_create(user=user, email="rasmus.holt@demo.example")


def passkey() -> dict[str, object]:
    """What a browser sends when it has made a key, so that pages about keys have one to show."""
    pair = ec.generate_private_key(ec.SECP256R1())
    made = AttestedCredentialData.create(
        Aaguid.NONE, b"no key of anybody", ES256.from_cryptography_key(pair.public_key())
    )
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    data = AuthenticatorData.create(sha256(b"localhost").digest(), flags, 0, made)
    said = CollectedClientData.create("webauthn.create", b"asked", "http://localhost")
    key_id = websafe_encode(made.credential_id)
    return {
        "id": key_id,
        "rawId": key_id,
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(said),
            "attestationObject": websafe_encode(AttestationObject.create("none", data, {})),
        },
        "clientExtensionResults": {},
    }
