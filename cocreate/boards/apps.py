from django.apps import AppConfig


class BoardsConfig(AppConfig):
    name = "cocreate.boards"
    label = "boards"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.boards.guards import GUARDS
        from cocreate.boards.kind import NOTE, ON_BOARDS
        from cocreate.contributions import kinds

        guards.register(*GUARDS)
        kinds.register(NOTE)
        kinds.register_holding(ON_BOARDS)
