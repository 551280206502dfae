"""One measured process: reads `address count` lines, answers with CPU milliseconds as JSON.

Requests go straight into the WSGI handler: no socket; CPU time leaves out what others take.
"""

import json
import os
import sys
from io import BytesIO
from time import process_time

if os.environ["DJANGO_SETTINGS_MODULE"] == "bench.bare":
    from bench import bare

    bare.prepare()

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

handler = WSGIHandler()


def ask(address: str) -> int:
    path, _, query = address.partition("?")
    status: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "HTTP_HOST": "testserver",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    answer = handler(environ, lambda line, headers: status.append(line))
    size = sum(map(len, answer))
    answer.close()  # type: ignore[attr-defined]
    if not status[0].startswith("200"):
        sys.exit(f"{address} answered {status[0]}")
    return size


for line in sys.stdin:
    wanted, count = line.split()
    ask(wanted)
    with CaptureQueriesContext(connection) as queries:
        size = ask(wanted)
    count_of_queries = len(queries)
    times = []
    for _ in range(int(count)):
        started = process_time()
        ask(wanted)
        times.append((process_time() - started) * 1000)
    print(json.dumps({"ms": times, "queries": count_of_queries, "bytes": size}), flush=True)
