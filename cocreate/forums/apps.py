from django.apps import AppConfig


class ForumsConfig(AppConfig):
    name = "cocreate.forums"
    label = "forums"

    def ready(self) -> None:
        from cocreate.contributions import kinds
        from cocreate.forums.kind import POST

        kinds.register(POST)
