from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "cocreate.stories"
    label = "stories"

    def ready(self) -> None:
        from cocreate.contributions import kinds
        from cocreate.stories.kind import CHOSEN, DRAFTS, STORY

        kinds.register(STORY)
        kinds.register_holding(DRAFTS)
        kinds.register_sequel(CHOSEN)
