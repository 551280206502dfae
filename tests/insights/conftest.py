"""Voices that an analyst may read, and the shortest way to gather them."""

from dataclasses import dataclass
from typing import Any

import pytest

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution, TextVersion
from cocreate.contributions.viewer import Viewer
from cocreate.insights.models import Evidence, Insight, Stance
from cocreate.insights.operations import Said, add_voice, make_insight, publish_insight
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.models import Guideline, Theme
from tests.cast import ALL_SCOPES, Cast, give_story, show

WORDS = "Jeg ventede i ni uger, og der kom ikke et ord. Så holdt jeg op med at håbe."
SAYING = "Stilhed bliver hørt som et afslag."


@dataclass
class Desk:
    """The analysts' desk: voices are given, shown and put behind insights from here."""

    cast: Cast

    @property
    def viewer(self) -> Viewer:
        return self.cast.viewer("analyst")

    @property
    def analyst(self) -> User:
        return self.cast.analyst

    def voice(self, text: str = WORDS, *, kept: bool = False, **given: Any) -> TextVersion:
        """The wording of a story that a host has shown, or read and kept."""
        from cocreate.moderation.operations import keep

        if kept:
            given["scopes"] = set(given.get("scopes", ALL_SCOPES)) - {"show", "quote"}
        received = give_story(text, **given)
        for finding in received.version.findings.open():
            finding.resolved_at = received.contribution.submitted_at
            finding.resolved_by = self.cast.host
            finding.save()
        if kept:
            keep(received.contribution, by=self.cast.host)
        else:
            show(received, by=self.cast.host)
        return TextVersion.objects.select_related("contribution").get(pk=received.version.pk)

    def insight(
        self, *voices: TextVersion, statement: str = SAYING, public: bool = True
    ) -> Insight:
        said = Said(
            statement=statement,
            theme=Theme.objects.get(number=2),
            guidelines=[Guideline.objects.get(code="2.3")],
        )
        insight = make_insight(said, by=self.analyst)
        for version in voices:
            self.behind(insight, version)
        return publish_insight(insight) if public else insight

    def behind(
        self, insight: Insight, version: TextVersion, stance: Stance = Stance.SUPPORTS, **how: Any
    ) -> Evidence:
        return add_voice(insight, version, stance, viewer=self.viewer, **how)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    """Without the site's own pages, which take longer to make than most of these tests."""
    make_demonstration()
    return Desk(cast)


def again(contribution: Contribution) -> Contribution:
    return Contribution.objects.get(pk=contribution.pk)
