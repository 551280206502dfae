"""What the demonstration made is cleared when the real strategy comes: made-up voices never stand
beside real ones. Called by the first real import (themes/operations.py), in its transaction."""

from collections.abc import Iterator

from django.db.models import Q

from cocreate.accounts.demo import CAST_DOMAIN
from cocreate.boards.models import HarvestedNote, Workshop
from cocreate.boards.operations import empty
from cocreate.contributions.models import Contribution, State
from cocreate.contributions.operations import submission_seal
from cocreate.contributions.viewer import STRANGER
from cocreate.forums.models import Forum
from cocreate.insights.models import Code, Evidence, Excerpt, Insight, SetAside
from cocreate.moderation.operations import erase, withdraw
from cocreate.pagecache.models import bump
from cocreate.revisions.models import (
    Adopted,
    Amendment,
    AmendmentTarget,
    AmendmentVersion,
    CouncilDecision,
    Process,
    Proposal,
)
from cocreate.transfer.demonstration_texts import FORUMS, STORIES, WANTED_BUS, WANTED_PHONE


def clear_demonstration() -> str:
    """A sentence for the operator that says what went; empty when there was nothing."""
    workshops = list(Workshop.objects.filter(demonstration=True))
    voices = list(_voices(workshops))
    _clear_chain()
    for workshop in workshops:
        empty(workshop)
        workshop.guidelines.clear()
    for voice in voices:
        withdraw(voice)
        erase(voice)
        voice.guidelines.clear()
    if not voices:
        return ""
    # What is left points at no theme of a strategy that never was.
    Contribution.objects.filter(pk__in=[voice.pk for voice in voices]).update(theme=None)
    Workshop.objects.filter(pk__in=[workshop.pk for workshop in workshops]).update(theme=None)
    Forum.objects.filter(slug__in=[forum.slug for forum in FORUMS]).update(theme=None)
    bump("insights", "amendments", "processes", "workshops", "stories", "forums")
    return (
        f"Cleared what the demonstration had made: {len(voices)} made-up voices are erased, its "
        "insights, amendments, decisions and second edition are gone, its workshops are emptied. "
        "Its rooms stand empty; remove or reuse them."
    )


def _voices(workshops: list[Workshop]) -> Iterator[Contribution]:
    """Everything that the demonstration gave, by the ids its forms had, and its workshops' notes."""
    sent = [submission_seal(one, STRANGER) for one in _submission_ids()]
    notes = HarvestedNote.objects.filter(workshop__in=workshops).values("pk")
    made = Contribution.objects.filter(Q(submission_digest__in=sent) | Q(pk__in=notes))
    yield from made.exclude(state=State.ERASED).order_by("pk")


def _submission_ids() -> Iterator[str]:
    keys = [story.key for story in STORIES] + [WANTED_BUS.key, WANTED_PHONE.key]
    yield from (f"demonstration-{key}" for key in keys)
    for forum in FORUMS:
        for number, topic in enumerate(forum.topics, 1):
            for place, _post in enumerate(topic.posts, 1):
                yield f"demonstration-{forum.slug}-{number}-{place}"


def _clear_chain() -> None:
    processes = Process.objects.filter(demonstration=True)
    amendments = Amendment.objects.filter(process__in=processes)
    decisions = CouncilDecision.objects.filter(amendment__in=amendments)
    for decision in decisions:
        decision.letters.all().delete()
    Adopted.objects.filter(decision__in=decisions).delete()
    decisions.delete()
    AmendmentTarget.objects.filter(amendment__in=amendments).delete()
    AmendmentVersion.objects.filter(amendment__in=amendments).delete()
    for amendment in amendments:
        amendment.insights.clear()
    amendments.delete()
    Proposal.objects.filter(process__in=processes).update(process=None, passage=None)
    processes.delete()
    of_the_cast = Q(made_by__email__endswith=f"@{CAST_DOMAIN}")
    insights = Insight.objects.filter(of_the_cast)
    Evidence.objects.filter(insight__in=insights).delete()
    for insight in insights:
        insight.guidelines.clear()
    insights.delete()
    SetAside.objects.filter(by__email__endswith=f"@{CAST_DOMAIN}").delete()
    Excerpt.objects.filter(by__email__endswith=f"@{CAST_DOMAIN}").delete()
    unused = Code.objects.filter(of_the_cast, excerpts=None)
    # From the twigs to the branches: a code goes when nothing is below it any more.
    while unused.filter(children=None).exists():
        unused.filter(
            pk__in=list(unused.filter(children=None).values_list("pk", flat=True))
        ).delete()
