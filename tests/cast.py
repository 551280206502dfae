"""The cast: those who use the place, each with the client they come with, and what they give."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import cycle, product
from typing import Any

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
)
from allauth.account.internal.userkit import user_id_to_str
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from cocreate.accounts.models import Role, User
from cocreate.contributions.models import (
    Audience,
    Contribution,
    KindName,
    Membership,
    Receipt,
    Room,
    RoomKind,
    Scope,
)
from cocreate.contributions.opening import open_receipt
from cocreate.contributions.operations import Given, Received, Words, new_submission_id
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.forums.forms import FLYING_AND_GROWING, STONES
from cocreate.forums.models import Forum, Post, Topic
from cocreate.forums.operations import answer, begin_topic
from cocreate.moderation.intake import take_in
from cocreate.moderation.operations import publish
from cocreate.stories.models import Story
from cocreate.themes.models import Guideline, Theme

ALL_SCOPES = frozenset(Scope.values)
# Strangers have each their own name, as the form offers them one.
NAMES = cycle([" ".join(pair) for pair in product(FLYING_AND_GROWING, STONES)])
POST_SCOPES = frozenset({Scope.SHOW, Scope.ANALYSE})

# name -> (roles, has a second factor in the session)
PEOPLE: dict[str, tuple[tuple[str, ...], bool]] = {
    "citizen": ((), False),
    "relative": ((), False),
    "staff": ((Role.STAFF,), True),
    "host": ((Role.HOST,), True),
    "second_host": ((Role.HOST,), True),
    "host_without_second_factor": ((Role.HOST,), False),
    "politician": ((Role.POLITICIAN,), True),
    "editor": ((Role.EDITOR,), True),
    "analyst": ((Role.ANALYST,), True),
}
STRANGER_NAME = "stranger"


def account(email: str, *roles: str, first: str = "", last: str = "") -> User:
    user = User.objects.create_user(email, first_name=first, last_name=last)
    user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def client_of(user: User | None, *, second_factor: bool = False, **options: Any) -> Client:
    client = Client(**options)
    if user is None:
        return client
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    if second_factor:
        session = client.session
        session[AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": timezone.now().timestamp()}
        ]
        session[_AUTHENTICATION_METHODS_USER_SESSION_KEY] = user_id_to_str(user)
        session.save()
    return client


def open_in(client: Client, receipt: Receipt) -> None:
    """The receipt stands open in this browser, as after its code was typed at /kode/."""
    request = client.get("/kode/").wsgi_request
    request.session = client.session
    open_receipt(request, receipt)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = str(request.session.session_key)


@dataclass
class Cast:
    """`cast.host` is an account, `cast.client("host")` the browser that person sits at."""

    accounts: dict[str, User] = field(default_factory=dict)

    @classmethod
    def arrives(cls) -> "Cast":
        cast = cls()
        for name, (roles, _second) in PEOPLE.items():
            cast.accounts[name] = account(
                f"{name}@cast.example", *roles, first=name.title().replace("_", " "), last="Testvig"
            )
        return cast

    def __getattr__(self, name: str) -> User:
        try:
            return self.__dict__["accounts"][name]
        except KeyError:
            raise AttributeError(name) from None

    def client(self, name: str, **options: Any) -> Client:
        if name == STRANGER_NAME:
            return Client(**options)
        return client_of(self.accounts[name], second_factor=PEOPLE[name][1], **options)

    def names(self) -> list[str]:
        return [STRANGER_NAME, *PEOPLE]

    def viewer(self, name: str) -> Viewer:
        if name == STRANGER_NAME:
            return STRANGER
        user = self.accounts[name]
        return Viewer(user=user, roles=user.roles, second_factor=PEOPLE[name][1])


# --- what people give ---------------------------------------------------------------------------


def give_story(
    text: str = "Jeg vil bo et sted, hvor jeg kan drikke kaffe med nogen.",
    *,
    title: str = "En nøgle",
    scopes: Iterable[str] = ALL_SCOPES,
    viewer: Viewer = STRANGER,
    theme: Theme | None = None,
    guidelines: Iterable[Guideline] = (),
    submission_id: str = "",
    **given: Any,
) -> Received:
    return take_in(
        Story,
        KindName.STORY,
        Given(
            submission_id=submission_id or new_submission_id(),
            words=Words(text=text, title=title, alias=given.pop("alias", "")),
            viewer=viewer,
            scopes=frozenset(scopes),
            theme=theme,
            guidelines=list(guidelines),
            **given,
        ),
    )


def open_forum(
    slug: str = "min-hverdag",
    *,
    theme: Theme | None = None,
    audience: str = Audience.PUBLIC,
    members: Iterable[User] = (),
    hosts: Iterable[User] = (),
    **columns: Any,
) -> Forum:
    room = Room.objects.create(kind=RoomKind.FORUM, audience=audience)
    for user in members:
        Membership.objects.create(room=room, user=user)
    for user in hosts:
        Membership.objects.create(room=room, user=user, role=Membership.Role.HOST)
    columns = {"title": slug.replace("-", " ").capitalize(), **columns}
    return Forum.objects.create(room=room, slug=slug, theme=theme, **columns)


def begin(
    forum: Forum,
    text: str = "Hvad gør I, mens I venter?",
    *,
    title: str = "Ventetid",
    alias: str | None = None,
    viewer: Viewer = STRANGER,
    submission_id: str = "",
) -> Received:
    words = Words(text=text, title=title, alias=next(NAMES) if alias is None else alias)
    return begin_topic(
        forum,
        Given(
            submission_id=submission_id or new_submission_id(),
            words=words,
            viewer=viewer,
            scopes=POST_SCOPES,
        ),
    )


def reply(
    topic: Topic,
    text: str = "Vi ringer kun om mandagen.",
    *,
    alias: str | None = None,
    viewer: Viewer = STRANGER,
    submission_id: str = "",
    reply_to: Post | None = None,
) -> Received:
    given = Given(
        submission_id=submission_id or new_submission_id(),
        words=Words(text=text, alias=next(NAMES) if alias is None else alias),
        viewer=viewer,
        scopes=POST_SCOPES,
    )
    return answer(topic, given, reply_to=reply_to)


def topic_of(received: Received) -> Topic:
    return Post.objects.select_related("topic__forum").get(pk=received.contribution.pk).topic


def show(received: Received | Contribution, *, by: User) -> Contribution:
    """Published by a host, the way the desk does it, findings looked at first."""
    contribution = received.contribution if isinstance(received, Received) else received
    for version in contribution.versions.all():
        version.findings.update(resolved_at=timezone.now(), resolved_by=by)
    publish(contribution, by=by)
    contribution.refresh_from_db()
    return contribution
