"""What people at a board called a group is encrypted, and stands in a public column while it is shown."""

from typing import Any

from django.db import migrations

from cocreate.text.fields import EncryptedTextField


def encrypt(apps: Any, schema_editor: Any) -> None:
    notes = apps.get_model("boards", "HarvestedNote").objects
    for note in notes.exclude(published_group_title="").iterator():
        title = "" if note.state == "erased" else note.published_group_title
        shown = title if note.state == "published" else ""
        notes.filter(pk=note.pk).update(group_title=title, published_group_title=shown)


def decrypt(apps: Any, schema_editor: Any) -> None:
    notes = apps.get_model("boards", "HarvestedNote").objects
    for note in notes.iterator():
        notes.filter(pk=note.pk).update(published_group_title=note.group_title)


class Migration(migrations.Migration):
    dependencies = [("boards", "0003_notes_claim_no_role")]

    operations = [
        migrations.RenameField("harvestednote", "group_title", "published_group_title"),
        migrations.AddField(
            "harvestednote", "group_title", EncryptedTextField(blank=True, default="")
        ),
        migrations.RunPython(encrypt, decrypt),
    ]
