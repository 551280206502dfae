"""One whole thread of the chain to walk along: from made-up voices to a second edition, with what
was changed, what is new, what was refused, and a voice that was taken back.

Everything goes through the same operations as for real. Nobody here exists, and nobody said this.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, KindName, Scope, TextVersion
from cocreate.contributions.operations import Given, Words
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.insights.access import analysable_versions
from cocreate.insights.models import Insight, Stance
from cocreate.insights.operations import (
    Said,
    add_voice,
    make_code,
    make_insight,
    mark,
    publish_insight,
    set_aside,
)
from cocreate.insights.presenting import sentences_of
from cocreate.moderation.intake import take_in
from cocreate.moderation.operations import publish, withdraw
from cocreate.revisions.adoption import NextEdition, adopt
from cocreate.revisions.deciding import Minuted, record
from cocreate.revisions.models import Amendment, Change, Outcome, Process, Proposal, Step
from cocreate.revisions.putting_forward import Wanted, draft_amendment, open_process, put_forward
from cocreate.themes.models import Edition, Guideline, Passage, Theme
from cocreate.themes.models.editions import Kind
from cocreate.transfer.demonstration_texts import (
    COUNTER,
    QUOTED,
    WANTED_BUS,
    WANTED_PHONE,
    DemoProposal,
)

COMMITTEE, COUNCIL = "Social- og Sundhedsudvalget", "Byrådet"


def make_chain(people: dict[str, User]) -> None:
    """Needs the demonstration's stories, conversations and past workshop."""
    analyst = people["jonas"]
    viewer = Viewer(user=analyst, roles=analyst.roles, second_factor=True)
    revision, standing = _processes()
    waiting = _about_waiting(viewer, analyst)
    meals = _about_meals(viewer, analyst)
    decided = _decided(revision, waiting, meals, analyst)
    _refused(revision, WANTED_BUS, people["lene"], analyst)
    for amendment, minuted in decided:
        record(
            amendment, _minuted(Step.RECOMMENDED, Outcome.ADOPTED, COMMITTEE, "Enigt."), by=analyst
        )
        record(amendment, minuted, by=analyst)
    current = Edition.objects.current()
    assert current is not None  # noqa: S101 - the demonstration has one
    adopt(revision, NextEdition(current.title, timezone.localdate(), COUNCIL))
    _propose(standing, WANTED_PHONE, people["lene"])
    # After it was counted: on both roads a gap stands where it stood.
    withdraw(Contribution.objects.get(published_title="Elleve uger"))


def _processes() -> tuple[Process, Process]:
    due = timezone.localdate() + timedelta(days=90)
    revision = Process.objects.create(
        slug="udgave-2",
        title="En ny udgave af strategien",
        frame=(
            "Loven bestemmer, hvilken hjælp man har ret til. Byrådet bestemmer, hvor mange penge "
            "der er. Det kan strategien ikke lave om på."
        ),
        can_change="Alle ord i strategien: visionerne, retningslinjerne og det, der står omkring dem.",
        promise=(
            "Vi læser alt. Hvert forslag får et svar med en begrundelse, også når svaret er nej."
        ),
        responder="Jonas Vest, udviklingskonsulent",
        answer_due=due,
        demonstration=True,
    )
    standing = Process.objects.create(
        slug="loebende",
        title="Løbende forslag",
        standing=True,
        frame="Det samme gælder her: loven og byrådets penge sætter rammen.",
        can_change="Alle ord i strategien. Forslagene tages op, næste gang den ses efter.",
        promise="Vi svarer på hvert forslag, senest på den dag, der står her.",
        responder="Jonas Vest, udviklingskonsulent",
        answer_due=due,
        demonstration=True,
    )
    return open_process(revision), open_process(standing)


# --- what people say ------------------------------------------------------------------------------


def _about_waiting(viewer: Viewer, by: User) -> Insight:
    insight = make_insight(
        Said(
            statement="Ventetid uden besked føles som et nej.",
            theme=Theme.objects.get(number=2),
            guidelines=Guideline.objects.filter(code="2.3"),
            missing_voices="Vi har ikke hørt fra unge under 25, og kun fra få, der venter lige nu.",
        ),
        by=by,
    )
    code = make_code("Besked undervejs", by=by, under=make_code("Ventetid", by=by))
    voices = _of_topic(viewer, "naar-man-venter-paa-svar") + _stories(
        viewer, "Hun ringede på fredag", "Elleve uger", "Torsdag"
    )
    for version in voices:
        words = version.text or ""
        quote = _place(words, QUOTED)
        stance = Stance.COUNTERS if words == COUNTER else Stance.SUPPORTS
        add_voice(insight, version, stance, viewer=viewer, quote=quote)
        first = sentences_of(words)[0]
        mark(version, first.start, first.start + len(first.text.rstrip()), code, viewer=viewer)
    return publish_insight(insight)


def _about_meals(viewer: Viewer, by: User) -> Insight:
    insight = make_insight(
        Said(
            statement="Et fast sted at spise sammen får folk ud ad døren.",
            theme=Theme.objects.get(number=3),
            guidelines=Guideline.objects.filter(code="3.4"),
            missing_voices="Vi har ikke hørt fra dem, der aldrig kommer nogen steder.",
        ),
        by=by,
    )
    code = make_code("Fællesspisning", by=by, under=make_code("Steder", by=by))
    notes = analysable_versions(viewer).filter(contribution__kind=KindName.NOTE)
    for version in [*notes.order_by("pk"), *_stories(viewer, "Onsdag er min dag")]:
        add_voice(insight, version, Stance.SUPPORTS, viewer=viewer)
        mark(version, 0, len(version.text or ""), code, viewer=viewer)
    for version in _stories(viewer, "En nøgle, der er min"):
        set_aside(
            version.contribution,
            "Den handler om at få en bolig. Det ser vi på, næste gang strategien ses efter.",
            viewer=viewer,
        )
    return publish_insight(insight)


def _of_topic(viewer: Viewer, forum: str) -> list[TextVersion]:
    rows = analysable_versions(viewer).filter(contribution__room__forum__slug=forum)
    # The host who says good morning says nothing about waiting.
    return list(rows.exclude(contribution__author__email__startswith="lene@").order_by("pk"))


def _stories(viewer: Viewer, *titles: str) -> list[TextVersion]:
    rows = analysable_versions(viewer).filter(contribution__published_title__in=titles)
    return list(rows.order_by("pk"))


def _place(words: str, quoted: Iterable[str]) -> tuple[int, int] | None:
    for quote in quoted:
        start = words.find(quote)
        if start >= 0:
            return start, start + len(quote)
    return None


# --- what is to be changed ------------------------------------------------------------------------


def _decided(
    revision: Process, waiting: Insight, meals: Insight, by: User
) -> list[tuple[Amendment, Minuted]]:
    answer = Passage.objects.in_force().get(guideline__code="2.3")
    changed = draft_amendment(
        revision,
        Wanted(
            Change.CHANGE,
            rationale="Det værste er ikke svaret, men ikke at vide, hvornår det kommer.",
            text=f"{answer.text} Du får besked inden fem hverdage.",
            passages=[answer],
            insights=[waiting],
            kind=Kind(answer.kind),
        ),
        by=by,
    )
    new = draft_amendment(
        revision,
        Wanted(
            Change.NEW,
            rationale="Mange siger, at maden er grunden til, at de kommer afsted første gang.",
            text="Mindst én gang om ugen er der et sted, hvor man kan spise sammen.",
            insights=[meals],
            theme=meals.theme,
        ),
        by=by,
    )
    final = (
        f"{answer.text} Du får besked inden ti hverdage, også når beskeden er, at vi ikke er "
        "færdige."
    )
    ten_days = _minuted(
        Step.DECIDED,
        Outcome.ADOPTED_CHANGED,
        COUNCIL,
        "Fem hverdage kan ikke altid holdes. Ti kan, og så er det en dag, man kan regne med.",
        final_text=final,
    )
    adopted = _minuted(
        Step.DECIDED, Outcome.ADOPTED, COUNCIL, "Det koster lidt, og det virker allerede i dag."
    )
    return [(put_forward(changed), ten_days), (put_forward(new), adopted)]


def _minuted(step: Step, outcome: Outcome, body: str, reason: str, final_text: str = "") -> Minuted:
    return Minuted(step, outcome, body, timezone.localdate(), reason, final_text)


def _refused(process: Process, proposal: DemoProposal, host: User, by: User) -> None:
    amendment = _propose(process, proposal, host)
    why = "En gratis bus er et spørgsmål om penge. Forslaget er sendt videre til budgettet for næste år."
    record(amendment, _minuted(Step.DECIDED, Outcome.REJECTED, COUNCIL, why), by=by)


def _propose(process: Process, proposal: DemoProposal, host: User) -> Amendment:
    about = Passage.objects.in_force().filter(guideline__code=proposal.code).first()
    theme = about.theme if about is not None else Theme.objects.get(number=proposal.theme)
    received = take_in(
        Proposal,
        KindName.PROPOSAL,
        Given(
            submission_id=f"demonstration-{proposal.key}",
            words=Words(text=proposal.why, proposed=proposal.words),
            viewer=STRANGER,
            scopes=frozenset({Scope.SHOW, Scope.ANALYSE}),
            role=proposal.role,
            theme=theme,
            guidelines=[about.guideline] if about is not None and about.guideline else [],
            details={
                "change": Change.CHANGE if about is not None else Change.NEW,
                "passage": about,
                "process": process,
            },
        ),
    )
    publish(received.contribution, by=host)
    return Amendment.objects.get(proposal=received.contribution.pk)
