"""The database's own refusal to rewrite adopted words, for whatever goes around `save()`.

Conditions are in the SQL that SQLite and PostgreSQL share: booleans bare, NULL through COALESCE.
"""

from cocreate.guards import Guard

PASSAGE = "themes_passage"
EDITION = "themes_edition"
GUIDELINE = "themes_guideline"
CORRIGENDUM = "themes_corrigendum"


def _fixed(row: str) -> str:
    return f"{row}.status IN ('adopted', 'superseded') AND NOT {row}.demonstration"


def _in_fixed_edition(row: str) -> str:
    fixed = f"e.id = {row}.edition_id AND {_fixed('e')}"
    return f"EXISTS (SELECT 1 FROM {EDITION} AS e WHERE {fixed})"


def _changed(*columns: str) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def _id_changed(*columns: str) -> str:
    return " OR ".join(f"COALESCE(OLD.{c}, 0) <> COALESCE(NEW.{c}, 0)" for c in columns)


# All but plain_summary and its status: the short text is not adopted.
_WORDS_AND_PLACE = _changed("edition_id", "kind", "uid", "text", '"order"')
_PASSAGE_CHANGED = f"({_WORDS_AND_PLACE} OR {_id_changed('theme_id', 'guideline_id')})"
_EDITION_CHANGED = _changed(
    "strategy_id", "number", "title", "adopted_on", "adopted_precision", "adopted_by"
)

_OF_ADOPTED_WORDS = (
    f"EXISTS (SELECT 1 FROM {PASSAGE} AS p JOIN {EDITION} AS e ON e.id = p.edition_id"
    f" WHERE p.id = NEW.passage_id AND {_fixed('e')})"
)

GUARDS = (
    Guard(
        name="themes_passage_fixed_update",
        table=PASSAGE,
        event="UPDATE",
        refuse_when=(
            f"({_in_fixed_edition('OLD')} OR {_in_fixed_edition('NEW')}) AND {_PASSAGE_CHANGED}"
        ),
        message="adopted text is fixed",
    ),
    Guard(
        name="themes_passage_fixed_delete",
        table=PASSAGE,
        event="DELETE",
        refuse_when=_in_fixed_edition("OLD"),
        message="adopted text is fixed",
    ),
    Guard(
        name="themes_passage_fixed_insert",
        table=PASSAGE,
        event="INSERT",
        refuse_when=_in_fixed_edition("NEW"),
        message="adopted text is fixed",
    ),
    Guard(
        name="themes_edition_fixed_update",
        table=EDITION,
        event="UPDATE",
        refuse_when=(
            # Otherwise an adopted edition could be called a demonstration first and then emptied.
            f"OLD.demonstration <> NEW.demonstration OR ({_fixed('OLD')} AND ({_EDITION_CHANGED}"
            " OR (OLD.status <> NEW.status"
            " AND NOT (OLD.status = 'adopted' AND NEW.status = 'superseded'))))"
        ),
        message="an adopted edition is fixed",
    ),
    Guard(
        name="themes_edition_fixed_delete",
        table=EDITION,
        event="DELETE",
        refuse_when=_fixed("OLD"),
        message="an adopted edition is fixed",
    ),
    Guard(
        name="themes_guideline_keeps_its_code",
        table=GUIDELINE,
        event="UPDATE",
        refuse_when=_changed("uid", "code", "number", "theme_id"),
        message="a guideline keeps its code",
    ),
    Guard(
        name="themes_corrigendum_of_adopted_words",
        table=CORRIGENDUM,
        event="INSERT",
        refuse_when=f"NOT {_OF_ADOPTED_WORDS}",
        message="only adopted words have a correction",
    ),
    Guard(
        name="themes_corrigendum_kept",
        table=CORRIGENDUM,
        event="UPDATE",
        refuse_when="1 = 1",
        message="a correction is never rewritten",
    ),
    Guard(
        name="themes_corrigendum_stays",
        table=CORRIGENDUM,
        event="DELETE",
        refuse_when="1 = 1",
        message="a correction is never deleted",
    ),
)
