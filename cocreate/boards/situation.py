"""How things stand at a board, in the words by which pages show and hide their parts.

A part says `data-phases="collect cluster"` and is shown while one of its words holds; the server
hides the others when it makes the page, and static/js/board/situation.js keeps it right.
"""

from cocreate.boards.models import Board, Phase
from cocreate.boards.phases import allowed_now
from cocreate.boards.seats import Seat

# Besides the phases themselves:
HIDDEN = "hidden"  # people write, each sees only their own
OPEN = "open"  # people write, and all see all
WRITE = "write"  # notes may be written and changed
ARRANGE = "arrange"  # any note may be moved and put together
COUNTED = "counted"  # votes are shown


def situation(board: Board, seat: Seat) -> frozenset[str]:
    words = {str(board.phase)}
    allowed = allowed_now(board, seat)
    if board.phase == Phase.COLLECT:
        words.add(HIDDEN if board.hides_notes else OPEN)
    if "note.add" in allowed:
        words.add(WRITE)
    if "group.add" in allowed:
        words.add(ARRANGE)
    if board.shows_votes:
        words.add(COUNTED)
    return frozenset(words)
