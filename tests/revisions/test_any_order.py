"""After any order of publishing, using, quoting, taking back, deciding and adopting, every count is
what the rows say, nothing without a yes is quoted, and no road of the chain is broken."""

import re
from contextlib import suppress
from random import Random
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from cocreate.contributions.models import Consent, Contribution, Scope, State, TextVersion
from cocreate.insights.errors import Refused as InsightRefused
from cocreate.insights.models import Evidence, Insight, Stance
from cocreate.insights.operations import drop_voice, set_aside
from cocreate.moderation import operations as moderation
from cocreate.moderation.errors import Refused as ModerationRefused
from cocreate.moderation.models import Reason
from cocreate.notifications.operations import note_decisions, note_outcomes, send_letters
from cocreate.revisions.errors import Refused
from cocreate.revisions.models import Adopted, Amendment, Change, CouncilDecision, Outcome
from cocreate.themes.models import Edition, Passage
from tests.browser.whole import WHOLE
from tests.revisions.conftest import Council

pytestmark = pytest.mark.django_db

ACTS = 120 if WHOLE else 30
SCOPES = [
    {Scope.SHOW, Scope.ANALYSE, Scope.QUOTE},
    {Scope.SHOW, Scope.ANALYSE, Scope.QUOTE},
    {Scope.SHOW, Scope.ANALYSE},
    {Scope.SHOW},
]


class Life:
    """Acts at random; `words` are what each voice said, each unlike the others."""

    def __init__(self, council: Council, seed: int) -> None:
        self.council = council
        self.chance = Random(seed)  # noqa: S311 - always the same chance
        self.words: dict[int, str] = {}
        self.editions = 1

    def act(self) -> None:
        acts = [
            self.gives, self.gives, self.uses, self.uses, self.uses, self.takes_back, self.hides,
            self.restores, self.revokes, self.drops, self.sets_aside, self.shows_insight,
            self.puts_forward, self.decides, self.adopts, self.proposes,
        ]  # fmt: skip
        with suppress(Refused, InsightRefused, ModerationRefused):
            self.chance.choice(acts)()

    def gives(self) -> None:
        """Each voice is unlike the others, and most may be shown, used and quoted."""
        n = len(self.words) + 1
        version = self.council.voice(
            f"Stemme{n} siger noget som ingen andre siger, og det er nummer {n}.",
            scopes=self.chance.choice(SCOPES),
            kept=self.chance.random() < 0.1,
            email=f"stemme{n}@mail.example",
        )
        self.words[version.contribution_id] = f"Stemme{n}"

    def uses(self) -> None:
        """Mostly one insight, so that it gets voices enough to be counted."""
        version = self.any(TextVersion.objects.filter(contribution__in=self.words))
        insight = Insight.objects.order_by("pk").first()
        if insight is None or self.chance.random() < 0.1:
            insight = self.council.insight(
                statement=f"Mange siger det ({Insight.objects.count()}).", public=False
            )
        if version is not None:
            quote = (0, 20) if self.chance.random() < 0.5 else None
            stance = self.chance.choice(list(Stance))
            self.council.behind(insight, version, stance, quote=quote)

    def takes_back(self) -> None:
        voice = self.any(Contribution.objects.filter(pk__in=self.words))
        if voice is not None and self.chance.random() < 0.6:
            moderation.withdraw(voice)
            if self.chance.random() < 0.5:
                moderation.erase(voice)

    def hides(self) -> None:
        voice = self.any(Contribution.objects.filter(pk__in=self.words))
        if voice is not None:
            host = self.council.cast.host
            moderation.hide(voice, by=host, reason=Reason.HATE, message="Vi ser på den.")

    def restores(self) -> None:
        voice = self.any(Contribution.objects.filter(state=State.HIDDEN))
        if voice is not None:
            moderation.restore(voice, by=self.council.cast.second_host)

    def revokes(self) -> None:
        consent = self.any(Consent.objects.active().filter(contribution__in=self.words))
        if consent is not None:
            moderation.revoke_consent(consent.contribution, consent.scope)

    def drops(self) -> None:
        evidence = self.any(Evidence.objects.all())
        if evidence is not None:
            drop_voice(evidence)

    def sets_aside(self) -> None:
        voice = self.any(Contribution.objects.filter(pk__in=self.words))
        if voice is not None:
            set_aside(voice, "Den handler om noget andet.", viewer=self.council.viewer)

    def shows_insight(self) -> None:
        from cocreate.insights.operations import publish_insight

        insight = self.any(Insight.objects.filter(published_at=None))
        if insight is not None:
            publish_insight(insight)

    def puts_forward(self) -> None:
        insight = self.any(Insight.objects.public())
        passage = self.any(Passage.objects.in_force().of_guidelines())
        change = self.chance.choice([Change.CHANGE, Change.NEW, Change.DELETE])
        about = () if change == Change.NEW else (passage,)
        text = f"Nye ord nummer {Amendment.objects.count()}."
        self.council.wants(change, *about, text=text, insights=(insight,) if insight else ())

    def proposes(self) -> None:
        received = self.council.proposal(
            f"Foreslået {Amendment.objects.count()}.", about=self.any(Passage.objects.in_force())
        )
        moderation.publish(received.contribution, by=self.council.cast.host)

    def decides(self) -> None:
        amendment = self.any(Amendment.objects.public())
        if amendment is not None:
            self.council.decides(amendment, self.chance.choice(list(Outcome)))

    def adopts(self) -> None:
        for amendment in Amendment.objects.public().exclude(decisions__step="decided"):
            self.council.decides(amendment, Outcome.POSTPONED)
        self.council.adopts(self.editions + 1)
        self.editions += 1

    def any(self, rows: Any) -> Any:
        found = list(rows.order_by("pk"))
        return self.chance.choice(found) if found else None


def counts(voice: Contribution, version: TextVersion) -> bool:
    yes = voice.consents.filter(scope=Scope.ANALYSE, text_version=version, revoked_at=None)
    return voice.state in {State.PUBLISHED, State.KEPT} and yes.exists()


def may_be_quoted(evidence: Evidence) -> bool:
    voice = evidence.contribution
    yes = voice.consents.filter(scope=Scope.QUOTE, text_version=evidence.version, revoked_at=None)
    return (
        evidence.quote_start is not None
        and voice.state == State.PUBLISHED
        and voice.published_version_id == evidence.version_id
        and yes.exists()
        and counts(voice, evidence.version)
    )


def recounted(rows: list[Evidence]) -> list[int]:
    """The number that may be said, from the rows alone; none where it is too small, or where what
    nobody can read is."""
    standing = [row for row in rows if counts(row.contribution, row.version)]
    unread = [row for row in standing if row.contribution.state != State.PUBLISHED]
    is_safe = len(standing) >= 5 and (not unread or len(unread) >= 5)
    return [len(standing)] if is_safe else []


def look(life: Life) -> None:
    client = Client()
    for insight in Insight.objects.all():
        answer = client.get(f"/indsigter/{insight.number}/")
        assert answer.status_code == (200 if insight.is_public else 404)
        if not insight.is_public:
            continue
        page = answer.content.decode()
        rows = list(insight.evidence.select_related("contribution", "version"))
        heading = page.partition('<h2 id="heard">')[2].partition("</h2>")[0]
        said = [int(number) for number in re.findall(r"\d+", heading)]
        assert said == recounted(rows)
        for row in rows:
            words = f"{life.words[row.contribution_id]} siger noget"
            title_only = row.contribution.state == State.PUBLISHED
            if not title_only:
                assert life.words[row.contribution_id] + " " not in page
            quoted = re.findall(r'<div class="quote.*?</footer>', page, re.DOTALL)
            is_quoted = any(words[:20] in quote for quote in quoted)
            assert is_quoted == may_be_quoted(row), (insight, words)
    for amendment in Amendment.objects.public():
        assert client.get(f"/forslag/{amendment.number}/").status_code == 200
    for edition in Edition.objects.all():
        assert client.get(f"/strategien/{edition.number}/").status_code == 200
    for adopted in Adopted.objects.exclude(passage=None):
        assert adopted.passage is not None
        page = client.get(adopted.passage.get_absolute_url()).content.decode()
        assert adopted.decision.amendment.get_absolute_url() in page
    assert client.get("/hvad-blev-der-ud-af-det/").status_code == 200


@pytest.mark.parametrize("seed", range(1, 7) if WHOLE else [1, 2])
def test_any_order_leaves_the_chain_whole(council: Council, seed: int) -> None:
    life = Life(council, seed)
    for _ in range(9):
        life.gives()
        with suppress(InsightRefused):
            life.uses()
    for number in range(ACTS):
        life.act()
        if number % 15 == 14:
            look(life)
    note_decisions()
    note_outcomes()
    send_letters()
    for letter in mail.outbox:
        assert "Stemme" not in f"{letter.subject} {letter.body}"
    assert CouncilDecision.objects.exists()
