"""The receipt: seven words that open what a person gave, with no account behind them."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from cocreate.text.fields import EncryptedTextField


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def opening_nothing(self) -> "ReceiptQuerySet":
        """Nothing points at them, also from the apps above, and they lead to no other code. Whoever
        deletes them holds their rows: what is begun under one waits for that, and is not deleted."""
        left = self.filter(leads_to=None)
        for relation in Receipt._meta.related_objects:
            model = relation.related_model
            if model is not Receipt and not isinstance(model, str):
                rows = model._base_manager
                left = left.exclude(Exists(rows.filter(**{relation.field.name: OuterRef("pk")})))
        return left


class Receipt(models.Model):
    """Only a keyed digest of the code is kept: a stolen database opens no story.

    One receipt can hold all that a guest gives. `email` is for word of a decision, nothing else.
    """

    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    email = EncryptedTextField(_("e-mail for word"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # Rises when the code is changed: what stood open with an older one is closed.
    generation = models.PositiveIntegerField(default=0)
    # A code that somebody was shown and whose own things lie under another code now.
    leads_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="other_codes"
    )

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.pk)

    def opens_anything(self) -> bool:
        return not Receipt.objects.filter(pk=self.pk).opening_nothing().exists()
