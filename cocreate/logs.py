"""One event, one line: a pasted line break must not write a second, forged line into the log."""

import logging
import re
import time

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    converter = staticmethod(time.gmtime)

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")

    def formatMessage(self, record: logging.LogRecord) -> str:
        return _CONTROL.sub(" ", super().formatMessage(record))


class AboveDebug(logging.Filter):
    """For a logger that in its lowest voice repeats what it was given to work with."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno > logging.DEBUG
