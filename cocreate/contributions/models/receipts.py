"""The receipt: seven words that open what a person gave, with no account behind them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.text.fields import EncryptedTextField


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

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.pk)

    def opens_anything(self) -> bool:
        """Whatever points at it, also from the apps above; or it leads to a code that does."""
        pointing = (
            getattr(self, relation.get_accessor_name() or "")
            for relation in Receipt._meta.related_objects
            if relation.related_model is not Receipt
        )
        return self.leads_to_id is not None or any(rows.exists() for rows in pointing)
