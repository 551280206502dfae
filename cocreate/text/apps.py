from django.apps import AppConfig


class TextConfig(AppConfig):
    """The lowest layer: what is done to words before any model knows them."""

    name = "cocreate.text"
    label = "text"
