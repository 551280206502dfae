"""`manage.py import_strategy`: what an operator sees, and what is there afterwards."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from cocreate.pagecache.models import versions
from cocreate.themes.demonstration import make_demonstration
from cocreate.themes.importing.document import StrategyDocument
from cocreate.themes.models import (
    Difficulty,
    Edition,
    Fact,
    Guideline,
    Passage,
    RelatedPolicy,
    Strategy,
    Theme,
)
from cocreate.themes.models.editions import Kind, PlainStatus, Status
from cocreate.themes.operations import import_strategy

pytestmark = [pytest.mark.django_db, pytest.mark.db]
MODELS = (Strategy, Theme, Guideline, Edition, Passage, Fact, Difficulty, RelatedPolicy)


def run(file: Path, **options: Any) -> str:
    out = StringIO()
    call_command("import_strategy", str(file), stdout=out, **options)
    return out.getvalue()


def everything() -> dict[str, list[dict[str, Any]]]:
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in MODELS}


def test_an_operator_sees_what_is_made_and_the_counts_last(printed_file: Path) -> None:
    lines = run(printed_file).splitlines()
    assert lines[0] == "Strategi for nye naboer"
    assert "adopted March 2019 by Kommunalbestyrelsen" in lines[1]
    assert "  2 Plads til forskelle: challenge, vision, lead-in, 2 guidelines (2.1 to 2.2)" in lines
    assert "  3 facts, 5 difficulties" in lines
    assert lines[-1] == "3 themes, 9 guidelines"


def test_a_dry_run_shows_the_same_and_writes_nothing(printed_file: Path) -> None:
    shown = run(printed_file, dry_run=True)
    assert "Nothing was written" in shown
    assert not any(rows for rows in everything().values())
    assert shown.splitlines()[-1] == run(printed_file).splitlines()[-1]


def test_the_strategy_stands_as_read(solbaek: StrategyDocument) -> None:
    import_strategy(solbaek)
    edition = Edition.objects.current()
    assert edition is not None
    assert (edition.number, edition.title) == (1, "Strategi for nye naboer")
    assert edition.adopted_when == "marts 2019"
    assert list(edition.passages.values_list("text", flat=True)) == [
        passage.text for passage in solbaek.passages()
    ]
    codes = Guideline.objects.in_order().values_list("code", flat=True)
    assert list(codes) == ["1.1", "1.2", "1.3", "2.1", "2.2", "3.1", "3.2", "3.3", "3.4"]
    assert Difficulty.objects.filter(public=False).get().term == "Kriminalitet"


def test_twice_is_once(printed_file: Path) -> None:
    run(printed_file)
    before = everything()
    assert "nothing was changed" in run(printed_file)
    assert everything() == before


def test_what_editors_have_written_since_survives_a_second_import(printed_file: Path) -> None:
    run(printed_file)
    Fact.objects.filter(order=1).update(source="Danmarks Statistik")
    run(printed_file)
    assert Fact.objects.get(order=1).source == "Danmarks Statistik"


def test_the_same_strategy_with_other_words_is_refused(printed_file: Path, tmp_path: Path) -> None:
    run(printed_file)
    before = everything()
    other = tmp_path / "other.txt"
    other.write_text(printed_file.read_text(encoding="utf-8").replace("bnake på", "banke på"))
    with pytest.raises(CommandError, match=r"the adopted words differ at 1\.1"):
        run(other)
    assert everything() == before


def test_a_second_strategy_is_refused(printed_file: Path, tmp_path: Path) -> None:
    run(printed_file)
    other = tmp_path / "other.txt"
    text = printed_file.read_text(encoding="utf-8").replace("nye naboer", "gamle naboer")
    other.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="has room for one strategy"):
        run(other)
    assert Strategy.objects.get().title == "Strategi for nye naboer"


def test_the_first_import_replaces_the_demonstration_and_keeps_uids_by_code(
    solbaek: StrategyDocument,
) -> None:
    make_demonstration()
    uids = dict(Guideline.objects.values_list("code", "uid"))
    vision = Passage.objects.get(kind=Kind.VISION, theme__number=2).uid
    import_strategy(solbaek)
    assert not Edition.objects.filter(demonstration=True).exists()
    assert all(uids[code] == uid for code, uid in Guideline.objects.values_list("code", "uid"))
    assert Passage.objects.get(kind=Kind.VISION, theme__number=2).uid == vision
    assert list(Theme.objects.values_list("slug", flat=True)) == [
        "den-foerste-tid",
        "plads-til-forskelle",
        "naboen-som-stoette",
    ]
    assert Guideline.objects.count() == 9


def test_a_guideline_only_the_demonstration_had_is_retired_when_something_points_at_it(
    solbaek: StrategyDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_demonstration()
    pointed_at = Guideline.objects.get(code="1.9")
    # Stands for a voice of a layer above, which this layer's tests must not know.
    draft = Edition.objects.create(strategy=Strategy.objects.get(), number=7, title="Udkast")
    Passage.objects.create(
        edition=draft,
        theme=pointed_at.theme,
        guideline=pointed_at,
        kind=Kind.GUIDELINE,
        text="Noget.",
        order=1,
    )
    import_strategy(solbaek)
    pointed_at.refresh_from_db()
    assert pointed_at.retired_in == Edition.objects.current()
    assert not Guideline.objects.filter(code="1.8").exists()


def test_cached_pages_age(solbaek: StrategyDocument) -> None:
    keys = ("site", "strategy", "theme:1", "theme:3")
    before = versions(*keys)
    import_strategy(solbaek)
    assert all(now != then for now, then in zip(versions(*keys), before, strict=True))


def test_a_strategy_we_have_no_words_for_gets_no_short_texts(solbaek: StrategyDocument) -> None:
    import_strategy(solbaek)
    assert not Passage.objects.exclude(plain_summary="").exists()


def test_the_real_strategy(real_file: Path) -> None:
    make_demonstration()
    uids = dict(Guideline.objects.values_list("code", "uid"))
    assert run(real_file).splitlines()[-1] == "4 themes, 27 guidelines"
    edition = Edition.objects.current()
    assert edition is not None and not edition.demonstration
    assert (edition.status, edition.adopted_by) == (Status.ADOPTED, "Byrådet")
    assert edition.adopted_when == "januar 2017"
    assert dict(Guideline.objects.values_list("code", "uid")) == uids
    assert Fact.objects.count() == 4
    assert Difficulty.objects.count() == 16
    assert RelatedPolicy.objects.count() == 3
    assert edition.passages.count() == 2 + 3 * 4 + 27


def test_the_real_strategy_gets_our_short_texts_as_proposals(real_file: Path) -> None:
    run(real_file)
    passages = Passage.objects.of_guidelines()
    assert passages.exclude(plain_summary="").count() == 27
    assert not passages.filter(plain_summary_status=PlainStatus.APPROVED).exists()
    assert Fact.objects.public().get().source == "SFI, »Hjemløshed i Danmark 2015«"


def test_the_real_strategy_twice_is_once(real_file: Path) -> None:
    run(real_file)
    before = everything()
    run(real_file)
    assert everything() == before
