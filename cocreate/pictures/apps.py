from django.apps import AppConfig


class PicturesConfig(AppConfig):
    name = "cocreate.pictures"
    label = "pictures"
