from django.apps import AppConfig


class WordingsConfig(AppConfig):
    name = "cocreate.wordings"
    label = "wordings"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.wordings.guards import GUARDS

        guards.register(*GUARDS)
