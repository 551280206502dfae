"""The yardstick: bare Django, one table, 20 rows, one template, no middleware; and the same from
a cache, after reading one row."""

import os
from pathlib import Path

from django.conf import settings

from cocreate.settings.databases import sqlite_options

FOLDER = Path(os.environ["VAR_DIR"])

if not settings.configured:
    settings.configure(
        SECRET_KEY="yardstick",  # noqa: S106
        ALLOWED_HOSTS=["testserver"],
        ROOT_URLCONF="bench.bare",
        INSTALLED_APPS=[],
        MIDDLEWARE=[],
        USE_TZ=True,
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": FOLDER / "bare.sqlite3",
                "OPTIONS": sqlite_options(),
                "CONN_MAX_AGE": 600,
            }
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [Path(__file__).parent / "templates"],
            }
        ],
    )

import django  # noqa: E402

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.shortcuts import render  # noqa: E402
from django.urls import path  # noqa: E402
from django.utils import timezone  # noqa: E402


class Row(models.Model):
    title = models.CharField(max_length=200)
    text = models.TextField()
    at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "bench"


def prepare() -> None:
    if Row._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        editor.create_model(Row)
    text = "Det hjalp, at nogen ringede, da de sagde, de ville. " * 6
    Row.objects.bulk_create(
        Row(title=f"Række {n}", text=text, at=timezone.now()) for n in range(2000)
    )


def twenty(request: HttpRequest) -> HttpResponse:
    return render(request, "twenty.html", {"rows": Row.objects.order_by("-at", "-pk")[:20]})


def kept(request: HttpRequest) -> HttpResponse:
    row = Row.objects.only("title").get(pk=1)
    page = cache.get("twenty") if row.title else None
    if page is None:
        page = twenty(request).content
        cache.set("twenty", page, 600)
    return HttpResponse(page)


urlpatterns = [path("twenty/", twenty), path("kept/", kept)]
