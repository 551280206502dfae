"""Whether this is the whole run: `make test-all` sets AXE=all, and then takes its time."""

import os

WHOLE = os.environ.get("AXE") == "all"
