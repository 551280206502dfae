from django.apps import AppConfig


class RevisionsConfig(AppConfig):
    name = "cocreate.revisions"
    label = "revisions"

    def ready(self) -> None:
        from cocreate import guards
        from cocreate.contributions import kinds
        from cocreate.revisions.guards import GUARDS
        from cocreate.revisions.kind import BECAME, PROPOSAL

        guards.register(*GUARDS)
        kinds.register(PROPOSAL)
        kinds.register_sequel(BECAME)
