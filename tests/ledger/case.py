"""What the tests of money, usage and audit share: the programs, a stage, and the log read by us."""

import argparse
import contextlib
import json
import sys
import tempfile
import unittest
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tests/faults"))

from stage import TEAM, Emulator, Stage  # noqa: E402

SEED = json.loads((ROOT / "src/emulator/default_seed.json").read_text())
EVENTS = f"/audit/teams/{TEAM}/events"


@contextlib.contextmanager
def temporary_folder():
    with tempfile.TemporaryDirectory(prefix="xai-ledger-") as folder:
        yield Path(folder)


class Case(unittest.TestCase):
    programs = ROOT / "build/release/bin"

    @contextlib.contextmanager
    def stage(self, *options):
        """A stage around an emulator of its own."""
        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(temporary_folder())
            emulator = stack.enter_context(contextlib.closing(Emulator(self.programs, *options)))
            stage = Stage(self.programs, emulator, folder)
            stack.callback(lambda: [running.end() for running in stage.started])
            yield stage


def read_log(emulator):
    """Every audit event, the oldest first, read page by page without the tools."""
    events, token = [], ""
    while True:
        asked = urlencode({"pageSize": 100, "orderBy": "TIME_ASCENDING", "pageToken": token})
        status, page = emulator.call("GET", f"{EVENTS}?{asked}")
        if status != 200:
            raise RuntimeError(f"the audit log cannot be read: {page}")
        events += page["events"]
        token = page.get("nextPageToken")
        if not token:
            return events


def whole_lines(data):
    """The JSON of each line that has its end; a program that was killed may leave a part of one."""
    return [json.loads(line) for line in data.split(b"\n")[:-1]]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=Case.programs)
    known, rest = parser.parse_known_args()
    Case.programs = known.programs.resolve()
    unittest.main(module="__main__", argv=[sys.argv[0], *rest])
