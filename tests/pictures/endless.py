"""Stands in for a decoder that a file sends round in circles."""

import time

time.sleep(60)
