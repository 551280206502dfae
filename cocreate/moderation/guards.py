"""Decisions are append-only, in the database too: an outside inquiry must be able to say who hid
what and why (in Odense in 2019 it could not). And no words are shown but those that their author
approved last, whoever wrote them."""

from cocreate.contributions.models import MadeBy, State
from cocreate.guards import Guard
from cocreate.moderation.models import Answer, Outcome

# The decision of the same moment that answers a host's proposal.
_ANSWERED_NOW = (
    "EXISTS (SELECT 1 FROM moderation_decision d WHERE d.contribution_id = NEW.contribution_id "
    "AND d.at = NEW.answered_at{})"
)
_WORDS_IN_PLACE = (
    "EXISTS (SELECT 1 FROM contributions_textversion v WHERE v.id = NEW.version_id "
    f"AND v.contribution_id = NEW.contribution_id AND v.made_by = '{MadeBy.HOST}' "
    "AND v.approved_by_author_at IS NULL)"
)

GUARDS = [
    Guard(
        name="moderation_message_kept",
        table="moderation_message",
        event="UPDATE",
        # The words may be emptied at erasure, and encrypted anew under another key.
        refuse_when=(
            "OLD.contribution_id <> NEW.contribution_id OR OLD.from_host <> NEW.from_host "
            "OR OLD.at <> NEW.at OR OLD.submission_digest <> NEW.submission_digest "
            "OR (OLD.text IS NULL AND NEW.text IS NOT NULL) "
            "OR (NEW.by_id IS NOT NULL AND (OLD.by_id IS NULL OR OLD.by_id <> NEW.by_id))"
        ),
        message="a message is never rewritten",
    ),
    Guard(
        name="moderation_message_stays",
        table="moderation_message",
        event="DELETE",
        refuse_when="1 = 1",
        message="a message is emptied, never deleted",
    ),
    Guard(
        name="moderation_message_about_what_stands",
        table="moderation_message",
        event="INSERT",
        refuse_when=(
            "EXISTS (SELECT 1 FROM contributions_contribution c WHERE c.id = NEW.contribution_id "
            f"AND c.state IN ('{State.WITHDRAWN}', '{State.ERASED}'))"
        ),
        message="nothing is written about what was taken back",
    ),
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
    Guard(
        name="moderation_shown_is_last_approved",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=(
            f"NEW.state = '{State.PUBLISHED}' AND EXISTS (SELECT 1 FROM contributions_textversion v "
            "JOIN contributions_textversion newer ON newer.contribution_id = v.contribution_id "
            "AND newer.number > v.number AND newer.approved_by_author_at IS NOT NULL "
            "WHERE v.id = NEW.published_version_id)"
        ),
        message="nothing is shown but the last wording its author has approved",
    ),
    Guard(
        name="moderation_hosts_words_unapproved",
        table="contributions_textversion",
        event="INSERT",
        refuse_when=(f"NEW.made_by = '{MadeBy.HOST}' AND NEW.approved_by_author_at IS NOT NULL"),
        message="a wording by a host begins without the yes of its author",
    ),
    Guard(
        name="moderation_hosts_words_accepted",
        table="contributions_textversion",
        event="UPDATE",
        refuse_when=(
            f"OLD.made_by = '{MadeBy.HOST}' AND OLD.approved_by_author_at IS NULL "
            "AND NEW.approved_by_author_at IS NOT NULL "
            "AND NOT EXISTS (SELECT 1 FROM moderation_suggestededit e WHERE e.version_id = OLD.id "
            f"AND e.answer = '{Answer.ACCEPTED}')"
        ),
        message="a wording by a host is approved only by the yes of its author",
    ),
    Guard(
        name="moderation_edit_begins_open",
        table="moderation_suggestededit",
        event="INSERT",
        refuse_when=(
            f"NEW.answer <> '' OR NOT {_WORDS_IN_PLACE} "
            "OR NOT EXISTS (SELECT 1 FROM contributions_textversion v WHERE v.id = NEW.about_id "
            "AND v.contribution_id = NEW.contribution_id) "
            "OR NOT EXISTS (SELECT 1 FROM moderation_decision d WHERE d.id = NEW.decision_id "
            "AND d.contribution_id = NEW.contribution_id "
            f"AND d.outcome = '{Outcome.SUGGESTED}')"
        ),
        message="a proposed change begins as a question about one contribution",
    ),
    Guard(
        name="moderation_edit_kept",
        table="moderation_suggestededit",
        event="UPDATE",
        refuse_when=(
            "OLD.contribution_id <> NEW.contribution_id OR OLD.decision_id <> NEW.decision_id "
            "OR OLD.about_id <> NEW.about_id OR OLD.version_id <> NEW.version_id "
            "OR (OLD.answer <> '' AND (OLD.answer <> NEW.answer OR NEW.answered_at IS NULL "
            "OR OLD.answered_at <> NEW.answered_at)) "
            "OR (OLD.regretted_at IS NOT NULL AND (NEW.regretted_at IS NULL "
            "OR OLD.regretted_at <> NEW.regretted_at))"
        ),
        message="an answered change is never changed",
    ),
    Guard(
        name="moderation_edit_is_answered",
        table="moderation_suggestededit",
        event="UPDATE",
        refuse_when=(
            f"OLD.answer = '' AND NEW.answer <> '' AND (NOT {_ANSWERED_NOW.format('')} "
            f"OR (NEW.answer = '{Answer.ACCEPTED}' AND NOT "
            + _ANSWERED_NOW.format(f" AND d.outcome = '{Outcome.ACCEPTED}'")
            + "))"
        ),
        message="a proposed change is answered only by a decision",
    ),
    Guard(
        name="moderation_edit_stays",
        table="moderation_suggestededit",
        event="DELETE",
        refuse_when="1 = 1",
        message="a proposed change is never deleted",
    ),
    Guard(
        name="moderation_edits_stay",
        table="moderation_suggestededit",
        event="TRUNCATE",
        refuse_when="1 = 1",
        message="proposed changes are never deleted",
    ),
    Guard(
        name="moderation_number_shown_kept",
        table="moderation_numbershown",
        event="UPDATE",
        # Only the account may be emptied, when it is erased.
        refuse_when=(
            "OLD.call_back_id <> NEW.call_back_id OR OLD.at <> NEW.at OR NEW.to_id IS NOT NULL"
        ),
        message="that a number was shown is never rewritten",
    ),
    Guard(
        name="moderation_number_shown_stays",
        table="moderation_numbershown",
        event="DELETE",
        refuse_when="1 = 1",
        message="that a number was shown is never deleted",
    ),
    Guard(
        name="moderation_numbers_shown_stay",
        table="moderation_numbershown",
        event="TRUNCATE",
        refuse_when="1 = 1",
        message="that a number was shown is never deleted",
    ),
]
