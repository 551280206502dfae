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

    class Meta:
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")

    def __str__(self) -> str:
        return str(self.pk)
