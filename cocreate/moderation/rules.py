"""The rules read every wording: what they notice waits for a host before anything is shown."""

from cocreate.contributions.attachments import described
from cocreate.contributions.models import TextVersion
from cocreate.help.models import known_numbers
from cocreate.help.words import staff_rules
from cocreate.moderation.models import Finding
from cocreate.text.finder import Find, find


def findings_in(**fields: str) -> dict[str, list[Find]]:
    """What the rules notice in each named field of a form; empty fields are left out."""
    said = {name: text for name, text in fields.items() if text}
    if not said:
        return {}
    numbers, rules = known_numbers(), staff_rules()
    found = {name: find(text, known_numbers=numbers, rules=rules) for name, text in said.items()}
    return {name: finds for name, finds in found.items() if finds}


def record_findings(version: TextVersion) -> list[Finding]:
    """Reads a stored wording and its chosen name; replaces what an earlier reading noted."""
    version.findings.all().delete()
    found = findings_in(
        text=version.text or "",
        title=version.title or "",
        alias=version.contribution.alias or "",
        proposed=version.proposed or "",
        photo=described(version.contribution),
    )
    return Finding.objects.bulk_create(
        Finding(
            version=version,
            kind=hit.kind,
            level=hit.level,
            in_field=name,
            start=hit.start,
            end=hit.end,
        )
        for name, hits in found.items()
        for hit in hits
    )
