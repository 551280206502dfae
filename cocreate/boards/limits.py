"""How much one person may say at a board. Never by network address: a shelter shares one."""

import time

OPERATIONS_A_SECOND = 5
BURST = 20
SOCKETS_A_PERSON = 8


# People in one process; past this everybody starts afresh.
MOST_BUCKETS = 20_000


class Bucket:
    """So many messages a second, and some saved up; one for a person, however many sockets."""

    def __init__(self) -> None:
        self._left = float(BURST)
        self._at = time.monotonic()

    def takes_one(self) -> bool:
        now = time.monotonic()
        left = min(BURST, self._left + (now - self._at) * OPERATIONS_A_SECOND) - 1
        # However much it was, a minute makes it good.
        self._left = max(left, -5.0 * BURST)
        self._at = now
        return self._left >= 0

    @property
    def is_flooded(self) -> bool:
        """Whoever goes on long after being told is no person writing."""
        return self._left < -4 * BURST


_buckets: dict[int | None, Bucket] = {}


def bucket_of(person: int | None) -> Bucket:
    """The same for the socket and for the road without one."""
    if len(_buckets) > MOST_BUCKETS:
        _buckets.clear()
    return _buckets.setdefault(person, Bucket())
