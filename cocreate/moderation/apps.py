from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "cocreate.moderation"
    label = "moderation"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.contributions import kinds
        from cocreate.moderation.call_back_views import held_by
        from cocreate.moderation.guards import GUARDS

        guards.register(*GUARDS)
        kinds.register_holding(kinds.Holding(held_by, "call_back/_held.html"))
