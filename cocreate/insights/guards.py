"""A voice behind an insight is a wording of its own, whatever goes around the operations: the yes to
one wording never lets another be counted or quoted."""

from cocreate.guards import Guard

_ANOTHERS = (
    "NOT EXISTS (SELECT 1 FROM contributions_textversion v WHERE v.id = NEW.version_id "
    "AND v.contribution_id = NEW.contribution_id)"
)

GUARDS = [
    Guard(
        name=f"insights_evidence_is_its_own_{event.lower()}",
        table="insights_evidence",
        event=event,
        refuse_when=_ANOTHERS,
        message="a voice stands behind an insight with a wording of its own",
    )
    for event in ("INSERT", "UPDATE")
]
