"""Database rules for the life of a contribution; they also hold for a shell and raw SQL."""

from cocreate.contributions.models import MOVES, State
from cocreate.contributions.models.contribution import PUBLIC_COLUMNS
from cocreate.guards import Guard


def _move_is_unknown() -> str:
    known = " OR ".join(
        f"(OLD.state = '{old}' AND NEW.state IN ({', '.join(repr(str(new)) for new in sorted(news))}))"
        for old, news in MOVES.items()
        if news
    )
    return f"OLD.state <> NEW.state AND NOT ({known})"


_APPROVED_WORDING = (
    "EXISTS (SELECT 1 FROM contributions_textversion v WHERE v.id = NEW.published_version_id "
    "AND v.contribution_id = NEW.id AND v.approved_by_author_at IS NOT NULL)"
)
_CONSENT_TO_SHOW = (
    "EXISTS (SELECT 1 FROM contributions_consent c WHERE c.contribution_id = NEW.id "
    "AND c.text_version_id = NEW.published_version_id AND c.scope = 'show' "
    "AND c.revoked_at IS NULL)"
)

# A name may always be taken off; the words that stand there stay as they are.
_ONLY_THE_NAME_GOES = "NEW.published_alias = '' AND " + " AND ".join(
    f"OLD.{column} = NEW.{column}"
    for column in ("published_version_id", *PUBLIC_COLUMNS)
    if column != "published_alias"
)
_PUBLIC_WORDS = " OR ".join(f"OLD.{column} <> NEW.{column}" for column in PUBLIC_COLUMNS)
_NO_DRAFT = (
    "EXISTS (SELECT 1 FROM contributions_contribution c WHERE c.id = OLD.contribution_id "
    f"AND c.state <> '{State.DRAFT}')"
)

_STORY_IS_NOT_SHOWN = (
    "NEW.shown AND NOT EXISTS (SELECT 1 FROM contributions_contribution c "
    f"WHERE c.id = NEW.contribution_id AND c.state = '{State.PUBLISHED}')"
)

GUARDS = [
    Guard(
        name="contributions_attachment_begins_unseen",
        table="contributions_attachment",
        event="INSERT",
        refuse_when="NEW.shown",
        message="a photo or a voice is shown only after a host has looked at it",
    ),
    Guard(
        name="contributions_attachment_shown_with_story",
        table="contributions_attachment",
        event="UPDATE",
        refuse_when=_STORY_IS_NOT_SHOWN,
        message="a photo or a voice is shown only with its story",
    ),
    Guard(
        name="contributions_attachment_keeps_its_home",
        table="contributions_attachment",
        event="UPDATE",
        refuse_when=(
            "OLD.kind <> NEW.kind OR OLD.stored_as <> NEW.stored_as "
            "OR (OLD.contribution_id IS NOT NULL AND (NEW.contribution_id IS NULL "
            "OR OLD.contribution_id <> NEW.contribution_id))"
        ),
        message="a photo or a voice stays with the story it was given to",
    ),
    Guard(
        name="contributions_shown_words_stand",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=(
            f"OLD.state = '{State.PUBLISHED}' AND NEW.state = '{State.PUBLISHED}' "
            f"AND (OLD.published_version_id <> NEW.published_version_id OR {_PUBLIC_WORDS}) "
            f"AND NOT ({_ONLY_THE_NAME_GOES})"
        ),
        message="what is shown is hidden first, then shown anew",
    ),
    Guard(
        name="contributions_room_stays",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=(
            f"OLD.state <> '{State.DRAFT}' AND (OLD.audience <> NEW.audience "
            "OR (OLD.room_id IS NOT NULL AND (NEW.room_id IS NULL OR OLD.room_id <> NEW.room_id)))"
        ),
        message="words stay in the room and the circle they were given to",
    ),
    Guard(
        name="contributions_leave_a_trace",
        table="contributions_contribution",
        event="DELETE",
        refuse_when=f"OLD.state <> '{State.DRAFT}'",
        message="a contribution is erased to a tombstone, never deleted",
    ),
    Guard(
        name="contributions_wording_stays",
        table="contributions_textversion",
        event="DELETE",
        refuse_when=_NO_DRAFT,
        message="a wording is never deleted",
    ),
    Guard(
        name="contributions_consent_stays",
        table="contributions_consent",
        event="DELETE",
        refuse_when=_NO_DRAFT,
        message="a consent is taken back, never deleted",
    ),
    Guard(
        name="contributions_state_moves",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=_move_is_unknown(),
        message="a contribution cannot move between these states",
    ),
    Guard(
        name="contributions_shown_as_approved",
        table="contributions_contribution",
        event="UPDATE",
        refuse_when=(
            f"NEW.state = '{State.PUBLISHED}' AND NOT ({_APPROVED_WORDING} AND {_CONSENT_TO_SHOW})"
        ),
        message="nothing is shown that its author has not approved and allowed to be shown",
    ),
    Guard(
        name="contributions_never_born_public",
        table="contributions_contribution",
        event="INSERT",
        refuse_when=f"NEW.state NOT IN ('{State.DRAFT}', '{State.PENDING}')",
        message="a contribution begins as a draft or waiting for a host",
    ),
    Guard(
        name="contributions_wording_kept",
        table="contributions_textversion",
        event="UPDATE",
        refuse_when=(
            "OLD.contribution_id <> NEW.contribution_id OR OLD.number <> NEW.number "
            "OR OLD.made_by <> NEW.made_by "
            "OR (OLD.text IS NULL AND NEW.text IS NOT NULL) "
            "OR (OLD.title IS NULL AND NEW.title IS NOT NULL) "
            "OR (OLD.proposed IS NULL AND NEW.proposed IS NOT NULL) "
            "OR (OLD.approved_by_author_at IS NOT NULL AND (NEW.approved_by_author_at IS NULL "
            "OR OLD.approved_by_author_at <> NEW.approved_by_author_at))"
        ),
        message="a wording keeps its place, its maker and its approval",
    ),
    Guard(
        name="contributions_consent_kept",
        table="contributions_consent",
        event="UPDATE",
        refuse_when=(
            "OLD.contribution_id <> NEW.contribution_id OR OLD.scope <> NEW.scope "
            "OR OLD.text_version_id <> NEW.text_version_id OR OLD.given_at <> NEW.given_at "
            "OR OLD.given_how <> NEW.given_how OR OLD.wording_version <> NEW.wording_version "
            "OR (OLD.revoked_at IS NOT NULL AND (NEW.revoked_at IS NULL "
            "OR OLD.revoked_at <> NEW.revoked_at))"
        ),
        message="a consent is taken back, never rewritten",
    ),
]
