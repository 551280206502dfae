from django.apps import AppConfig


class PagecacheConfig(AppConfig):
    name = "cocreate.pagecache"
    label = "pagecache"
