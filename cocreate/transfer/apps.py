from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "cocreate.transfer"
    label = "transfer"

    def ready(self) -> None:
        from cocreate.themes.operations import register_clearing
        from cocreate.transfer.clearing import clear_demonstration

        register_clearing(clear_demonstration)
