"""Every fault that the reading room can report is met with a sentence."""

from __future__ import annotations

import re
from pathlib import Path

from censorkb.problem import rules

HERE = Path(__file__).parent
ROOM = Path(__file__).parents[2] / "src/censorkb/facts"


def test_every_rule_of_this_room_has_a_test():
    names = re.findall(r'"([a-z0-9-]+)"', "".join(path.read_text("utf-8") for path in ROOM.glob("*.py")))
    reported = set(names) & set(rules())
    tested = "".join(path.read_text("utf-8") for path in HERE.glob("test_*.py") if path.name != Path(__file__).name)
    assert reported
    assert not {rule for rule in reported if rule not in tested}
