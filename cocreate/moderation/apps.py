from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "cocreate.moderation"
    label = "moderation"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.moderation.guards import GUARDS

        guards.register(*GUARDS)
