"""What was decided is never rewritten, whatever goes around `save()`."""

from cocreate.guards import Guard

# Who recorded it may be emptied when an account is erased.
_SAME = (
    "amendment_id",
    "step",
    "outcome",
    "body",
    '"on"',
    "reason",
    "final_text",
    "minutes_url",
    "recorded_at",
)
_VERSION = ("amendment_id", "number", "text", "rationale", "administration", "at")


def _changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"OLD.{column} <> NEW.{column}" for column in columns)


def _is_for_real(amendment: str) -> str:
    """False for what a demonstration made, which is cleared away when the real strategy comes."""
    return (
        "NOT EXISTS (SELECT 1 FROM revisions_amendment a JOIN revisions_process p "
        f"ON p.id = a.process_id WHERE a.id = {amendment} AND p.demonstration)"
    )


_OF_THE_DECISION = (
    "(SELECT d.amendment_id FROM revisions_councildecision d WHERE d.id = OLD.decision_id)"
)

GUARDS = [
    Guard(
        name="revisions_decision_stays",
        table="revisions_councildecision",
        event="DELETE",
        refuse_when=_is_for_real("OLD.amendment_id"),
        message="a decision is never deleted",
    ),
    Guard(
        name="revisions_version_stays",
        table="revisions_amendmentversion",
        event="DELETE",
        refuse_when=_is_for_real("OLD.amendment_id"),
        message="a version of an amendment is never deleted",
    ),
    Guard(
        name="revisions_adopted_stays",
        table="revisions_adopted",
        event="DELETE",
        refuse_when=_is_for_real(_OF_THE_DECISION),
        message="what an amendment became is never deleted",
    ),
    Guard(
        name="revisions_amendment_keeps_its_number",
        table="revisions_amendment",
        event="UPDATE",
        refuse_when=(
            "OLD.number <> NEW.number OR OLD.process_id <> NEW.process_id "
            "OR COALESCE(OLD.proposal_id, 0) <> COALESCE(NEW.proposal_id, 0) "
            "OR (OLD.put_forward_at IS NOT NULL AND (NEW.put_forward_at IS NULL "
            "OR OLD.put_forward_at <> NEW.put_forward_at))"
        ),
        message="an amendment keeps its number and its place",
    ),
    Guard(
        name="revisions_amendment_stays",
        table="revisions_amendment",
        event="DELETE",
        refuse_when=f"OLD.put_forward_at IS NOT NULL AND {_is_for_real('OLD.id')}",
        message="an amendment that everybody could read is never deleted",
    ),
    Guard(
        name="revisions_decisions_stay",
        table="revisions_councildecision",
        event="TRUNCATE",
        refuse_when="1 = 1",
        message="decisions are never deleted",
    ),
    Guard(
        name="revisions_process_is_what_it_was",
        table="revisions_process",
        event="UPDATE",
        refuse_when="OLD.demonstration <> NEW.demonstration",
        message="a process is for real or a demonstration for good",
    ),
    Guard(
        name="revisions_decision_kept",
        table="revisions_councildecision",
        event="UPDATE",
        refuse_when=(
            f"{_changed(_SAME)} OR COALESCE(OLD.version_id, 0) <> COALESCE(NEW.version_id, 0) "
            "OR (OLD.reopened_at IS NOT NULL AND (NEW.reopened_at IS NULL "
            "OR OLD.reopened_at <> NEW.reopened_at))"
        ),
        message="a decision is never rewritten",
    ),
    Guard(
        name="revisions_version_kept",
        table="revisions_amendmentversion",
        event="UPDATE",
        refuse_when=_changed(_VERSION),
        message="a version of an amendment is never rewritten",
    ),
    Guard(
        name="revisions_adopted_kept",
        table="revisions_adopted",
        event="UPDATE",
        refuse_when=(
            "OLD.decision_id <> NEW.decision_id OR OLD.edition_id <> NEW.edition_id "
            "OR COALESCE(OLD.passage_id, 0) <> COALESCE(NEW.passage_id, 0)"
        ),
        message="what an amendment became is never rewritten",
    ),
]
