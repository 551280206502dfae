"""The demonstration's thread can be walked along, and goes when the real strategy comes."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from cocreate.boards.models import Note
from cocreate.contributions.models import Contribution, State, TextVersion
from cocreate.insights import access
from cocreate.insights.models import Code, Evidence, Excerpt, Insight, SetAside, Stance
from cocreate.revisions.models import Amendment, CouncilDecision, Outcome, Process
from cocreate.themes.models import Edition, Guideline, Passage
from cocreate.transfer.demonstration import make_demonstration

pytestmark = pytest.mark.django_db
PRINTED = Path(__file__).parents[1] / "themes" / "data" / "solbaek.txt"


@pytest.fixture
def demonstration(house: None) -> None:
    make_demonstration()


def test_one_whole_thread_is_there(demonstration: None) -> None:
    final = dict(CouncilDecision.objects.final().values_list("amendment__number", "outcome"))
    assert set(final.values()) == {Outcome.ADOPTED_CHANGED, Outcome.ADOPTED, Outcome.REJECTED}
    assert Amendment.objects.public().count() == len(final) + 1
    assert [edition.number for edition in Edition.objects.all()] == [1, 2]
    assert all(Edition.objects.values_list("demonstration", flat=True))
    waiting = Insight.objects.public()[0].evidence.all()
    assert waiting.filter(stance=Stance.COUNTERS).exists()
    assert access.gone(waiting).count() == 1
    assert access.quotes(waiting).count() == 1
    assert access.counted(waiting).count() >= 5
    assert SetAside.objects.exists()
    assert Excerpt.objects.exists()


def test_it_is_walked_from_the_changed_words_to_the_story(demonstration: None) -> None:
    """In three clicks: passage, amendment, insight, story."""
    words = Passage.objects.in_force().get(guideline__code="2.3")
    here = words.get_absolute_url()
    for there in ("/forslag/1/", "/indsigter/1/", "/stemmer/"):
        page = Client().get(here).content.decode()
        assert there in page, here
        here = page[page.index(there) :].partition('"')[0]
    story = Client().get(here, follow=True)
    assert story.request["PATH_INFO"].startswith("/fortaellinger/")
    assert "Det værste er ikke et nej" in story.content.decode()


def test_the_real_strategy_clears_it_away_and_says_so(demonstration: None) -> None:
    out = StringIO()
    call_command("import_strategy", str(PRINTED), stdout=out)
    assert "Cleared what the demonstration had made" in out.getvalue()
    for model in (Amendment, CouncilDecision, Evidence, Excerpt, Insight, Process, SetAside, Code):
        assert not model.objects.exists(), model
    assert set(Contribution.objects.values_list("state", flat=True)) == {State.ERASED}
    assert not TextVersion.objects.filter(text__isnull=False).exists()
    assert not Note.objects.exists()
    edition = Edition.objects.get()
    assert (edition.number, edition.demonstration) == (1, False)
    assert not Guideline.objects.in_force().exclude(passages__edition=edition).exists()
    for page in ("/", "/strategien/", "/fortaellinger/", "/samtaler/", "/vaerksteder/"):
        assert Client().get(page).status_code == 200
    again = StringIO()
    call_command("import_strategy", str(PRINTED), stdout=again)
    assert "Cleared" not in again.getvalue()


def test_what_was_given_for_real_stays(demonstration: None) -> None:
    from tests.cast import give_story

    own = give_story("Det her er virkeligt.").contribution
    out = StringIO()
    call_command("import_strategy", str(PRINTED), stdout=out)
    own.refresh_from_db()
    assert own.state == State.PENDING
    assert own.versions.get().text == "Det her er virkeligt."
