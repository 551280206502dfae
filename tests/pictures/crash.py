"""Stands in for a decoder with a hole in it: dies as a segmentation fault does."""

import os
import signal

os.kill(os.getpid(), signal.SIGSEGV)
