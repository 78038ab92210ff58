#!/usr/bin/env python3
"""Plays the fault table: every operation under every fault, judged by the emulator's ledger.

    run.py --programs build/release/bin [--long] [--report FILE] [--only PATTERN...]

A pattern is operation/row/variant, as failures name their cell; it may end early, and hold stars.
"""

import argparse
import collections
import contextlib
import signal
import sys
import threading
import time
import traceback
from pathlib import Path

sys.dont_write_bytecode = True

import cells  # noqa: E402
import report  # noqa: E402
from judge import Problem  # noqa: E402
from stage import Workshop  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent


def play(cell, workshop):
    """The cell's problems; what breaks the test itself must not pass for a good cell."""
    try:
        return cell.play(workshop)
    except cells.NotRun as reason:
        return [Problem("not run", str(reason))]
    except Exception:
        workshop.close()
        return [Problem("broken", traceback.format_exc(limit=-3, chain=False))]


def play_all(programs, chosen, workers):
    """Cell → its problems; those that take long begin first.

    Each program that is started counts our memory as its own at first, so ours is kept small: no
    pool with a future for each cell.
    """
    waiting = collections.deque(sorted(chosen, key=lambda cell: -cell.seconds))
    results = {}

    def work():
        workshop = Workshop(programs)
        with contextlib.closing(workshop), contextlib.suppress(IndexError):
            while True:
                cell = waiting.popleft()
                results[cell] = problems = play(cell, workshop)
                for problem in problems:
                    print(f"{problem.kind}: {problem.text}\n    scripts/torture --only {cell.name}",
                          flush=True)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    try:
        for thread in threads:
            thread.join()
    finally:
        # Whoever ends us waits for the cells under way, which then clear up after themselves.
        waiting.clear()
    return results


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=ROOT / "build/release/bin")
    parser.add_argument("--long", action="store_true", help="every byte, every call, every trial")
    parser.add_argument("--report", type=Path, help="write what was found there")
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--only", nargs="+", default=["*"], metavar="PATTERN")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    start = time.monotonic()
    programs = arguments.programs.resolve()
    chosen = cells.cells(programs, arguments.long, arguments.only)
    if not chosen:
        print("no cell is named so", file=sys.stderr)
        return 2
    results = play_all(programs, chosen, arguments.workers)
    if arguments.report:
        arguments.report.write_text(report.page(results))
    print(report.summary(results, time.monotonic() - start))
    return 1 if any(map(report.is_bad, results.values())) else 0


if __name__ == "__main__":
    sys.exit(main())
