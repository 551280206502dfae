"""Who may read what where, in plain words, written apart from the code that they judge.

They are exact: what may be read at a place is found there, or the test fails as well.
"""

from tests.boards.spies.addresses import Address
from tests.boards.spies.planted import AT_THE_BOARD, VOTES, Planted, Secret


def may_read(world: Planted, reader: str, address: Address, secret: Secret) -> bool:
    match address.place:
        case "outcome":
            # What a host has shown is everybody's, with its group and its votes, and without a name.
            return secret.note in world.shown and secret.kind in {"note", "title", "total"}
        case "own":
            return reader == "at_home" and secret.whose == "mo" and _by_code(world, secret)
        case "new":
            # Staff choose there who is to lead with them.
            return reader in {"leads_another", "desk"} and secret.kind == "leader"
        case _ if world.phase == "emptied":
            return False
        case "code":
            return secret.kind == "code" and secret.whose == reader
        case "wall":
            may_put_it_up = reader in (*AT_THE_BOARD, "facilitator")
            return may_put_it_up and _everybody(world, address, secret)
        case "board":
            return reader in AT_THE_BOARD and _at_the_board(world, reader, address, secret)
    return reader == "facilitator" and _leading(world, address, secret)


def _by_code(world: Planted, secret: Secret) -> bool:
    """One's own as it stands on the board; when that is emptied, what was harvested."""
    if world.phase == "emptied":
        return secret.kind == "note"
    return secret.kind in {"note", "hidden", "title", "uid of note", "uid of hidden", "uid of gone"}


def _everybody(world: Planted, address: Address, secret: Secret) -> bool:
    """What all at the board may know, so that it may stand on the wall."""
    match secret.kind:
        case "note" | "uid of note":
            return not world.is_hiding
        case "uid of hidden" | "uid of gone":
            # The tail says that it is away.
            return address.route == "board_ops" and not world.is_hiding
        case "title":
            # All named the groups together: a title stays when the notes are turned over again.
            return True
        case "total":
            return world.tells_votes
    return False


def _at_the_board(world: Planted, reader: str, address: Address, secret: Secret) -> bool:
    is_own = secret.whose == reader
    match secret.kind:
        case "hidden" | "uid of hidden" | "vote" if is_own:
            return True
        case "note" | "name":
            return is_own or not world.is_hiding
        case "uid of note":
            # One's own dots say which note they lie on.
            return is_own or not world.is_hiding or (reader, secret.note) in VOTES
    return _everybody(world, address, secret)


def _leading(world: Planted, address: Address, secret: Secret) -> bool:
    is_turned = not world.is_hiding
    match address.place, secret.kind:
        case ("lead page" | "lead road", "note" | "uid of note") | ("file", "note"):
            return is_turned or secret.whose == "room"
        case "lead page" | "lead road", "hidden" | "uid of hidden":
            return is_turned
        case "lead page", "name" | "seat":
            # Of who is here, to show somebody out; and beside the notes, also of who is not.
            return secret.whose != "tove" or (secret.kind == "name" and is_turned)
        case "lead road", "name":
            return is_turned
        case "lead page", "leader":
            return True
        case "lead road", "cast":
            return True
        case "lead page", "cast":
            return world.phase == "vote"
        case "lead road", "on paper":
            return is_turned
        case "lead page", "on paper":
            return world.phase in {"vote", "discuss"}
        case "file", "title":
            return is_turned
        case "harvest", "note" | "title":
            return is_turned and world.phase != "vote"
        case "harvest", "uid of note":
            return is_turned and world.phase != "vote" and secret.note not in world.harvested
        case "lead page" | "lead road" | "file" | "harvest", "title" | "total":
            return _everybody(world, address, secret)
        case "lead road", "uid of gone":
            return _everybody(world, address, secret)
    return False
