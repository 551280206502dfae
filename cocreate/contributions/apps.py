from django.apps import AppConfig


class ContributionsConfig(AppConfig):
    name = "cocreate.contributions"
    label = "contributions"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.contributions.guards import GUARDS

        guards.register(*GUARDS)
