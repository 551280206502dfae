from django.apps import AppConfig


class CocreateConfig(AppConfig):
    """The project package itself: commands, checks and database guards that belong to no one app."""

    name = "cocreate"
    label = "cocreate"

    def ready(self) -> None:
        from django.db.models.signals import post_migrate

        from cocreate import checks, guards

        assert checks  # importing it registers the checks
        post_migrate.connect(guards.install_after_migrate, dispatch_uid="cocreate.guards")
