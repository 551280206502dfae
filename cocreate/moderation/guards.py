"""Decisions are append-only, in the database too: an outside inquiry must be able to say who hid
what and why (in Odense in 2019 it could not)."""

from cocreate.guards import Guard

GUARDS = [
    Guard(
        name="moderation_decision_kept",
        table="moderation_decision",
        event="UPDATE",
        # by and message may be emptied when a person is erased; the message's token may also be
        # re-encrypted under a new key, which its seal keeps honest.
        refuse_when=(
            "OLD.contribution_id <> NEW.contribution_id OR OLD.outcome <> NEW.outcome "
            "OR OLD.reason <> NEW.reason OR OLD.automated <> NEW.automated OR OLD.at <> NEW.at "
            "OR (NEW.by_id IS NOT NULL AND (OLD.by_id IS NULL OR OLD.by_id <> NEW.by_id)) "
            "OR (OLD.message IS NULL AND NEW.message IS NOT NULL) "
            "OR OLD.message_seal <> NEW.message_seal"
        ),
        message="a decision is never rewritten",
    ),
    Guard(
        name="moderation_decision_stays",
        table="moderation_decision",
        event="DELETE",
        refuse_when="1 = 1",
        message="a decision is never deleted",
    ),
    Guard(
        name="moderation_decisions_stay",
        table="moderation_decision",
        event="TRUNCATE",
        refuse_when="1 = 1",
        message="decisions are never deleted",
    ),
    Guard(
        name="moderation_state_is_decided",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=(
            "OLD.state <> NEW.state AND (OLD.state_changed_at = NEW.state_changed_at "
            "OR NOT EXISTS (SELECT 1 FROM moderation_decision d "
            "WHERE d.contribution_id = NEW.id AND d.at = NEW.state_changed_at))"
        ),
        message="a state changes only with a decision that says why",
    ),
]
