from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "cocreate.insights"
    label = "insights"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.contributions import kinds
        from cocreate.insights.guards import GUARDS
        from cocreate.insights.pages import keys_above

        guards.register(*GUARDS)
        kinds.register_keys_above(keys_above)
