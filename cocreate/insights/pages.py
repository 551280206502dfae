"""Which kept pages age when a contribution or an insight changes."""

from cocreate.contributions.models import Contribution
from cocreate.insights.models import Evidence


def insight_keys(number: int) -> list[str]:
    return [f"insight:{number}"]


def keys_above(contribution: Contribution) -> list[str]:
    """The public insights that this voice stands behind, and the lists that count it."""
    numbers = Evidence.objects.filter(
        contribution=contribution, insight__published_at__isnull=False
    ).values_list("insight__number", flat=True)
    keys = [key for number in numbers for key in insight_keys(number)]
    return ["insights", *keys] if keys else []
