from django.apps import AppConfig


class TransferConfig(AppConfig):
    name = "cocreate.transfer"
    label = "transfer"
