"""A small, fictional place to walk in: every person and word is made up and marked so.

Everything goes through the same operations as real voices, so that what is seen here is what the
product does.
"""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from cocreate.accounts.demo import CAST_DOMAIN
from cocreate.accounts.models import Role, User
from cocreate.boards.demonstration import make_demonstration as hold_workshop
from cocreate.boards.demonstration import make_past_demonstration as hold_past_workshop
from cocreate.contributions.models import (
    Audience,
    Contribution,
    KindName,
    Receipt,
    Room,
    RoomKind,
    Scope,
)
from cocreate.contributions.operations import Given, Received, Words
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.forums.models import Forum, Post, Topic
from cocreate.forums.operations import answer, begin_topic
from cocreate.moderation.editing import suggest
from cocreate.moderation.intake import take_in
from cocreate.moderation.models import Reason
from cocreate.moderation.operations import hide, publish, resolve, return_to_author
from cocreate.pagecache.models import bump
from cocreate.stories import curation
from cocreate.stories.curation import Said
from cocreate.stories.models import Story
from cocreate.themes.models import Guideline, Theme
from cocreate.transfer.demonstration_chain import make_chain
from cocreate.transfer.demonstration_texts import (
    ASKED_WORDS,
    FORUMS,
    PEOPLE,
    SELECTION,
    STORIES,
    DemoForum,
    DemoStory,
)

SHOWN = frozenset({Scope.SHOW, Scope.ANALYSE})


@dataclass(frozen=True)
class Made:
    people: int
    stories: int
    posts: int


def make_demonstration() -> Made | None:
    """Fills an empty place; None when anything was there already. Needs a strategy."""
    with transaction.atomic():
        if Contribution.objects.exists() or Forum.objects.exists():
            return None
        people = _people()
        host = people["lene"]
        told = {story.key: _story(story, host) for story in STORIES}
        _selection(told, host)
        posts = sum(_forum(forum, people) for forum in FORUMS)
        hold_past_workshop(host, people["farid"])
        hold_workshop(host)
        make_chain(people)
        bump("site", "stories", "forums")
    return Made(people=len(people), stories=len(STORIES), posts=posts)


def _people() -> dict[str, User]:
    made = {}
    for key, first, last, roles in PEOPLE:
        email = f"{key}@{CAST_DOMAIN}"
        user = User.objects.filter(email=email).first() or User.objects.create_user(
            email, first_name=first, last_name=last
        )
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        user.is_staff = Role.EDITOR in roles
        user.save(update_fields=["is_staff"])
        EmailAddress.objects.get_or_create(
            user=user, email=email, defaults={"verified": True, "primary": True}
        )
        made[key] = user
    return made


def _story(story: DemoStory, host: User) -> Contribution:
    guidelines = list(Guideline.objects.filter(code__in=story.codes).select_related("theme"))
    given = Given(
        submission_id=f"demonstration-{story.key}",
        words=Words(text=story.text, title=story.title),
        viewer=STRANGER,
        scopes=frozenset(story.scopes),
        role=story.role,
        theme=guidelines[0].theme if guidelines else None,
        guidelines=guidelines,
        details={"about": story.about},
    )
    received = take_in(Story, KindName.STORY, given)
    _decide(received, story.then, host, story.message)
    return received.contribution


def _decide(received: Received, then: str, host: User, message: str = "") -> None:
    contribution = received.contribution
    if then == "waits":
        return
    if then == "returned":
        return_to_author(contribution, by=host, reason=Reason.NAMES_OTHERS, message=message)
        return
    if then == "asked":
        suggest(contribution, words=Words(text=ASKED_WORDS, title=""), message=message, by=host)
        return
    for finding in received.version.findings.open():
        resolve(finding, by=host)
    publish(contribution, by=host)
    if then == "hidden":
        hide(contribution, by=host, reason=Reason.NAMES_OTHERS, message=message)


def _selection(told: dict[str, Contribution], host: User) -> None:
    """Shown at once: nobody in the demonstration waits to be told."""
    today = timezone.localdate()
    said = Said(SELECTION.title, SELECTION.intro, None, shown_from=today, shown_to=None)
    made = curation.make_selection(said, submission_id="demonstration-selection", by=host)
    for key in SELECTION.stories:
        curation.choose(made, told[key].public_id)
    curation.show(made)
    made.chosen.update(open_from=today)


def _forum(demo: DemoForum, people: dict[str, User]) -> int:
    theme = Theme.objects.filter(number=demo.theme).first()
    room = Room.objects.create(kind=RoomKind.FORUM, audience=Audience.PUBLIC)
    forum = Forum.objects.create(
        room=room,
        slug=demo.slug,
        title=demo.title,
        description=demo.description,
        theme=theme,
        host=people[demo.host],
        hours=demo.hours,
        rules="\n".join(demo.rules),
        order=demo.theme,
    )
    count = 0
    under: dict[str, Receipt | None] = {}
    for number, topic in enumerate(demo.topics, 1):
        made: Topic | None = None
        for place, post in enumerate(topic.posts, 1):
            viewer = _viewer(people.get(post.account))
            given = Given(
                submission_id=f"demonstration-{demo.slug}-{number}-{place}",
                words=Words(
                    text=post.text,
                    title=topic.title if made is None else "",
                    alias=viewer.user.get_full_name() if viewer.user else post.alias,
                ),
                viewer=viewer,
                scopes=SHOWN,
                role=post.role,
                # Who writes under a name a second time does so with the code of the first.
                keep_under=under.get(post.alias),
            )
            received = begin_topic(forum, given) if made is None else answer(made, given)
            made = made or _topic(received)
            if post.alias:
                under.setdefault(post.alias, received.contribution.receipt)
            # A host never decides on their own words: the second host shows them.
            decider = people["farid"] if post.account == "lene" else people["lene"]
            _decide(received, post.then, decider, post.message)
            count += 1
    return count


def _topic(received: Received) -> Topic:
    post = Post.objects.select_related("topic__forum").get(pk=received.contribution.pk)
    return post.topic


def _viewer(user: User | None) -> Viewer:
    return Viewer(user=user, roles=user.roles, second_factor=True) if user else STRANGER
