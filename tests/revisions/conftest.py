"""A process that is open, and the shortest way from a voice to an edition."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cocreate.contributions.models import KindName, Scope
from cocreate.contributions.operations import Given, Received, Words, new_submission_id
from cocreate.contributions.viewer import STRANGER, Viewer
from cocreate.insights.models import Insight
from cocreate.moderation.intake import take_in
from cocreate.revisions.adoption import NextEdition, adopt
from cocreate.revisions.deciding import Minuted, record
from cocreate.revisions.models import (
    Amendment,
    Change,
    CouncilDecision,
    Outcome,
    Process,
    Proposal,
    Step,
)
from cocreate.revisions.putting_forward import (
    Wanted,
    draft_amendment,
    open_process,
    put_forward,
)
from cocreate.themes.demonstration import demonstration_document
from cocreate.themes.importing.document import Adoption
from cocreate.themes.importing.writing import write_edition
from cocreate.themes.models import Edition, Passage, Theme
from cocreate.themes.models.editions import Kind, Precision
from tests.cast import Cast
from tests.insights.conftest import Desk

NEW_WORDS = "Svaret kommer inden ti hverdage, også når vi ikke er færdige."
WHY = "Mange har ventet uden at vide hvorfor."
REASON = "Fristen er til at holde."
BODY = "Byrådet"


def process(**columns: Any) -> Process:
    given: dict[str, Any] = {
        "slug": "udgave-2",
        "title": "Udgave 2",
        "frame": "Loven sætter rammen.",
        "promise": "Alle forslag får svar.",
        "responder": "Jonas Testvig, konsulent",
        "answer_due": timezone.localdate() + timedelta(days=60),
    }
    return Process.objects.create(**(given | columns))


def passage(code: str = "2.3") -> Passage:
    return Passage.objects.in_force().get(guideline__code=code)


def vision(theme: int) -> Passage:
    return Passage.objects.in_force().get(theme__number=theme, kind=Kind.VISION)


class Council(Desk):
    """Amendments are drafted, put forward, decided and adopted from here."""

    process: Process

    def wants(
        self,
        change: Change = Change.CHANGE,
        *passages: Passage,
        text: str = NEW_WORDS,
        insights: tuple[Insight, ...] = (),
        public: bool = True,
        **more: Any,
    ) -> Amendment:
        if change == Change.NEW:
            more.setdefault("theme", Theme.objects.get(number=4))
        elif not passages:
            passages = (passage(),)
        if passages:
            more["kind"] = Kind(passages[0].kind)
        wanted = Wanted(
            change,
            WHY,
            text="" if change == Change.DELETE else text,
            administration="" if insights else "Forvaltningen vil have det.",
            passages=passages,
            insights=insights,
            **more,
        )
        amendment = draft_amendment(self.process, wanted, by=self.analyst)
        return put_forward(amendment) if public else amendment

    def decides(
        self, amendment: Amendment, outcome: Outcome = Outcome.ADOPTED, **more: Any
    ) -> CouncilDecision:
        given: dict[str, Any] = {
            "step": Step.DECIDED,
            "body": BODY,
            "on": timezone.localdate(),
            "reason": REASON,
        }
        if outcome == Outcome.ADOPTED_CHANGED:
            given["final_text"] = "Svaret kommer inden tyve hverdage."
        return record(amendment, Minuted(outcome=outcome, **(given | more)), by=self.analyst)

    def adopts(self, number: int = 2) -> Edition:
        called = NextEdition(f"Strategien, udgave {number}", timezone.localdate(), BODY)
        return adopt(self.process, called)

    def proposal(
        self,
        words: str = NEW_WORDS,
        why: str = "Jeg ventede i ni uger.",
        *,
        about: Passage | None = None,
        viewer: Viewer = STRANGER,
        **columns: Any,
    ) -> Received:
        about = about or passage()
        details = {"change": Change.CHANGE, "passage": about, "process": self.process}
        return take_in(
            Proposal,
            KindName.PROPOSAL,
            Given(
                submission_id=new_submission_id(),
                words=Words(text=why, proposed=words),
                viewer=viewer,
                scopes=frozenset({Scope.SHOW, Scope.ANALYSE}),
                theme=about.theme,
                guidelines=[about.guideline] if about.guideline else [],
                details=details | columns,
            ),
        )


@pytest.fixture
def adopted_for_real(db: None) -> None:
    """The demonstration's plain words as if a council had adopted them, without the site's pages."""
    adoption = Adoption(BODY, date(2017, 1, 1), Precision.MONTH)
    write_edition(replace(demonstration_document(), adoption=adoption))


@pytest.fixture
def council(adopted_for_real: None, cast: Cast) -> Council:
    made = Council(cast)
    made.process = open_process(process())
    return made
