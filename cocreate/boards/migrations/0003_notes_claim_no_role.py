"""Notes harvested before workshops said whom they are for: nobody has said that a citizen wrote."""

from typing import Any

from django.db import migrations


def name_the_workshop(apps: Any, schema_editor: Any) -> None:
    notes = apps.get_model("contributions", "Contribution").objects.filter(kind="note")
    notes.filter(role="citizen").update(role="from_many")


def claim_again(apps: Any, schema_editor: Any) -> None:
    """The code before this one knows no other role."""
    notes = apps.get_model("contributions", "Contribution").objects.filter(kind="note")
    notes.filter(role__startswith="from_").update(role="citizen")


class Migration(migrations.Migration):
    dependencies = [
        ("boards", "0002_held_for"),
        ("contributions", "0004_where_a_note_is_from"),
    ]

    operations = [migrations.RunPython(name_the_workshop, claim_again)]
