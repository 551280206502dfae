from django.apps import AppConfig


class HelpConfig(AppConfig):
    name = "cocreate.help"
    label = "help"
