"""ASGI entry: pages and the boards' sockets from one process."""

import os

from channels.routing import ProtocolTypeRouter, URLRouter
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreate.settings.production")
pages = get_asgi_application()

from django.conf import settings  # noqa: E402

from cocreate.boards.sockets import websocket_urlpatterns  # noqa: E402
from cocreate.notifications.worker import start_in_background  # noqa: E402

if settings.EMBEDDED_WORKER:
    start_in_background()

application = ProtocolTypeRouter({"http": pages, "websocket": URLRouter(websocket_urlpatterns)})
