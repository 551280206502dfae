from django.apps import AppConfig


class InsightsConfig(AppConfig):
    name = "cocreate.insights"
    label = "insights"

    def ready(self) -> None:
        from cocreate.contributions import kinds
        from cocreate.insights.pages import keys_above

        kinds.register_keys_above(keys_above)
