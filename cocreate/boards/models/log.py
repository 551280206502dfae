"""The log of a board: numbers, ids and intent, never a person's words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cocreate.boards.models.board import Board


class Operation(models.Model):
    """One thing that was done, in the order it was done. Frames are built from the rows as they
    are now, so a note that is hidden or taken back is in no tail.

    `mark` is a keyed digest of who sent it and its client id: the same operation sent twice is one,
    and no two rows of the log can be joined to one person.
    """

    pk = models.CompositePrimaryKey("board_id", "seq")
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="operations")
    seq = models.PositiveBigIntegerField()
    mark = models.CharField(max_length=64)
    kind = models.CharField(max_length=16)
    payload = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("board operation")
        verbose_name_plural = _("board operations")
        constraints = [
            models.UniqueConstraint(fields=("board", "mark"), name="boards_operation_once")
        ]

    def __str__(self) -> str:
        return f"{self.board_id}/{self.seq} {self.kind}"
