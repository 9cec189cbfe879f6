"""What censorkb costs, measured against its peers in one run."""

from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
WORKSHOP = HOME / "bench/build"  # git keeps out of folders of this name
