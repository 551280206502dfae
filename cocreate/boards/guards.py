"""What the database itself holds of a board, also against a shell and raw SQL."""

from cocreate.guards import Guard

GUARDS = [
    Guard(
        name="boards_log_stands",
        table="boards_operation",
        event="UPDATE",
        refuse_when=(
            "OLD.board_id <> NEW.board_id OR OLD.seq <> NEW.seq OR OLD.mark <> NEW.mark "
            "OR OLD.kind <> NEW.kind OR OLD.payload <> NEW.payload OR OLD.at <> NEW.at"
        ),
        message="what was done on a board is not rewritten",
    ),
    Guard(
        name="boards_numbers_grow",
        table="boards_board",
        event="UPDATE",
        refuse_when="NEW.seq < OLD.seq",
        message="the number of a board never goes back",
    ),
    Guard(
        name="boards_words_do_not_return",
        table="boards_note",
        event="UPDATE",
        refuse_when=(
            "OLD.taken_back_at IS NOT NULL AND (NEW.taken_back_at IS NULL OR NEW.text IS NOT NULL)"
        ),
        message="what somebody took back stays taken back",
    ),
]
