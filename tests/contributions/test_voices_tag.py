"""What people say about a theme: its own voices and those of its guidelines, newest first."""

import pytest

from cocreate.contributions.templatetags.voices import SHOWN, voices_about
from cocreate.themes.models import Guideline, Theme
from tests.cast import Cast, give_story, show

pytestmark = [pytest.mark.django_db, pytest.mark.db]


def titles(**about: object) -> list[str]:
    return [row["voice"].published_title for row in voices_about(**about)["voices"]]  # type: ignore[arg-type]


def test_a_story_with_many_guidelines_of_the_theme_stands_once(strategy: None, cast: Cast) -> None:
    three = list(Guideline.objects.filter(theme__number=3)[:4])
    theme = Theme.objects.get(number=3)
    for number in range(SHOWN):
        show(give_story(title=f"Nr. {number}", guidelines=three), by=cast.host)
    assert titles(theme=theme) == [f"Nr. {number}" for number in reversed(range(SHOWN))]


def test_the_themes_own_and_its_guidelines_voices_are_mixed_by_age(
    strategy: None, cast: Cast
) -> None:
    theme, code = Theme.objects.get(number=2), Guideline.objects.get(code="2.3")
    show(give_story(title="Om temaet", theme=theme), by=cast.host)
    show(give_story(title="Om 2.3", guidelines=[code]), by=cast.host)
    show(give_story(title="Om noget andet"), by=cast.host)
    assert titles(theme=theme) == ["Om 2.3", "Om temaet"]
    assert titles(guideline=code) == ["Om 2.3"]
