"""Selections of stories, as tests make them."""

from datetime import date, timedelta
from typing import Any

import time_machine
from django.utils import timezone

from cocreate.accounts.models import User
from cocreate.contributions.models import Contribution
from cocreate.contributions.operations import new_submission_id
from cocreate.stories import curation
from cocreate.stories.curation import Said
from cocreate.stories.models import Chosen, Selection

INTRO = "Her står dem, der har prøvet at vente."


def said(**words: Any) -> Said:
    today = timezone.localdate()
    given: dict[str, Any] = {
        "title": "Om at vente",
        "intro": INTRO,
        "theme": None,
        "shown_from": today,
        "shown_to": None,
    }
    return Said(**{**given, **words})


def draft(*stories: Contribution, by: User, **words: Any) -> Selection:
    made = curation.make_selection(said(**words), submission_id=new_submission_id(), by=by)
    for story in stories:
        curation.choose(made, story.public_id)
    return made


def selection(*stories: Contribution, by: User, days: int = 10, **words: Any) -> Selection:
    """One that stands there: its authors were told so many days ago."""
    begun: date = timezone.localdate() - timedelta(days=days)
    made = draft(*stories, by=by, **{"shown_from": begun, **words})
    with time_machine.travel(timezone.now() - timedelta(days=days)):
        curation.show(made)
    made.refresh_from_db()
    return made


def chosen_in(made: Selection) -> list[Chosen]:
    return list(made.chosen.order_by("order", "pk"))
