"""WSGI entry: pages at scale (gunicorn); sockets go to the ASGI processes."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cocreate.settings.production")
application = get_wsgi_application()
