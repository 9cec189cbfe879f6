"""What was let go of goes back to the system."""

from __future__ import annotations

import subprocess
import sys

import pytest

PROGRAM = """
from pathlib import Path
from censorkb.site.memory import give_back

def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 >> 20

held = [bytes(1000) for _ in range(100_000)]
last = held.pop()  # keeps the end of the heap where it is
held.clear()
before = megabytes()
give_back()
print(before - megabytes(), len(last))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems are not told")
def test_what_was_let_go_of_goes_back_to_the_system():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    given, kept = map(int, done.stdout.split())
    assert given > 50
    assert kept == 1000


def test_a_system_that_takes_nothing_back_is_no_fault():
    program = "import ctypes; ctypes.CDLL = lambda _: object(); import censorkb.site.memory as m; m.give_back()"
    subprocess.run([sys.executable, "-c", program], check=True)
