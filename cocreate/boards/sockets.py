"""The one socket address (design §5)."""

from channels.generic.websocket import AsyncWebsocketConsumer
from django.urls import path, re_path

from cocreate.boards.consumers import BoardConsumer


class Nowhere(AsyncWebsocketConsumer):
    """Any other address: refused before the handshake, and no fault of ours to be logged."""

    channel_layer_alias = "boards take none"

    async def connect(self) -> None:
        await self.close()


websocket_urlpatterns = [
    path("ws/v/<str:code>/", BoardConsumer.as_asgi()),
    re_path("", Nowhere.as_asgi()),
]
