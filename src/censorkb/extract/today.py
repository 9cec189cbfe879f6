"""The day it is: only to refuse articles of the future, never part of an output."""

from __future__ import annotations

import datetime as dt
import time


def latest_day() -> dt.date:
    """The latest day that it is anywhere on earth."""
    return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=time.time(), hours=14)).date()
