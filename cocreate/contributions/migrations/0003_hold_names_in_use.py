"""Names that were chosen before they were held: each stays with who bore it first."""

from typing import Any

from django.db import migrations

from cocreate.contributions.codes import digest
from cocreate.text.names import look_of

FREE = ["withdrawn", "erased"]
IN_OWN_NAME = ["staff", "politician"]


def hold_names(apps: Any, schema_editor: Any) -> None:
    """Two who bear one name already are left as they are; the next one is refused."""
    rows = apps.get_model("contributions", "Contribution").objects
    names = apps.get_model("contributions", "ChosenName").objects
    bearers = rows.filter(room__isnull=False, alias__isnull=False, chosen_name=None)
    bearers = bearers.exclude(state__in=FREE).exclude(role__in=IN_OWN_NAME)
    for row in bearers.only("room", "alias", "author", "receipt").order_by("pk").iterator():
        name = digest("chosen-name", look_of(row.alias))
        held, _is_new = names.get_or_create(room_id=row.room_id, digest=name)
        first = rows.filter(chosen_name=held).order_by("pk").first()
        same = first is None or (first.author_id, first.receipt_id) == (
            row.author_id,
            row.receipt_id,
        )
        if same or (first.author_id is not None and first.author_id == row.author_id):
            rows.filter(pk=row.pk).update(chosen_name=held)


class Migration(migrations.Migration):
    dependencies = [("contributions", "0002_chosen_names")]

    operations = [migrations.RunPython(hold_names, migrations.RunPython.noop)]
