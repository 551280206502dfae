"""A wording that somebody has answered to is never rewritten: a new one takes its place."""

from cocreate.guards import Guard

GUARDS = [
    Guard(
        name=f"wordings_wording_stays_{event.lower()}",
        table="wordings_wording",
        event=event,
        refuse_when="1 = 1",
        message="a wording that was in force is never changed",
    )
    for event in ("UPDATE", "DELETE", "TRUNCATE")
]
