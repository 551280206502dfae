"""`manage.py import_strategy FILE`: the adopted strategy into this installation."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cocreate.themes.importing.document import Refused, StrategyDocument
from cocreate.themes.importing.reading import read_document
from cocreate.themes.operations import import_strategy
from cocreate.themes.plain_danish import proposals


class Command(BaseCommand):
    help = (
        "Imports an adopted strategy: text taken out of its PDF, or our Markdown layout "
        "(docs/strategy-layout.md). Shows what it will make before it writes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="Only show; write nothing.")

    def handle(self, *args: Any, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            document = read_document(file)
            for line in overview(document):
                self.stdout.write(line)
            if dry_run:
                self.stdout.write("Nothing was written (--dry-run).")
            elif import_strategy(document, tell=self.stdout.write):
                self.stdout.write(self.style.SUCCESS("Imported."))
            else:
                self.stdout.write("It is here already; nothing was changed.")
        except Refused as refused:
            raise CommandError(str(refused)) from None
        themes, guidelines = len(document.themes), document.guideline_count
        self.stdout.write(f"{themes} themes, {guidelines} guidelines")


def overview(document: StrategyDocument) -> list[str]:
    lines = [
        document.title,
        f"  of {document.municipality}; adopted {document.adoption}",
        f"  a preface of {len(document.preface.split(chr(10) * 2))} paragraphs"
        + (f", signed {', '.join(document.signature.splitlines())}" if document.signature else ""),
    ]
    for theme in document.themes:
        first, last = theme.guidelines[0].number, theme.guidelines[-1].number
        lines.append(
            f"  {theme.number} {theme.title}: challenge, vision, "
            f"{'lead-in, ' if theme.lead_in else ''}{len(theme.guidelines)} guidelines "
            f"({theme.number}.{first} to {theme.number}.{last})"
        )
    lines.append(f"  {len(document.facts)} facts, {document.difficulty_count} difficulties")
    policies = ", ".join(policy.title for policy in document.policies) or "none"
    lines.append(f"  {len(document.policies)} related policies: {policies}")
    short = len(proposals(document.titles))
    if short:
        lines.append(f"  {short} short texts of our own (“Kort sagt”), marked as proposals")
    return lines
