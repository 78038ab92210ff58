"""The cells of the table: every operation under every fault, in a long and a short form."""

import fnmatch
from dataclasses import dataclass
from typing import Callable

from judge import OPERATIONS


class NotRun(Exception):
    """Why a cell cannot be played on this machine."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One trial; `play` takes a Workshop and answers the problems it found."""

    name: str  # operation/row/variant
    play: Callable
    seconds: float = 0.2  # About how long it takes, so that long ones begin first.

    @property
    def operation(self):
        return self.name.split("/")[0]

    @property
    def row(self):
        return self.name.split("/")[1]


# Name of a row and what is done to an operation, in the order of the report.
ROWS = {
    "unreachable": "refused, black hole, broken TLS, refusing proxy",
    "answers": "hang, reset, every 4xx, 5xx and 429, before and after the change",
    "cut": "the answer cut after every byte, by FIN and by reset",
    "hostile": "hostile answers: nonsense, endless, slow, redirecting",
    "reuse": "a kept connection that closes after the change",
    "sinks": "no place for the secret or the output",
    "kill": "SIGKILL at every system call",
    "recover": "SIGKILL at every system call of recover",
    "signals": "SIGINT and SIGTERM at every stage",
    "calls": "ENOSPC, EIO and EINTR from system calls",
    "crowd": "several runs at once",
    "leaks": "canaries in arguments, environment, messages and files",
    "values": "empty and malformed values of options and variables",
    "clocks": "clocks that differ, are set, and move on",
    "waits": "answers that fail while a key is waited for",
    "again": "the same command again after every kind of end",
    "records": "the state folder in disorder",
    "paths": "links, devices and folders that move where a secret or a record goes",
}


def rows():
    """Row name → function that yields its cells, given whether the form is long."""
    import again
    import answers
    import calls
    import clocks
    import crowd
    import cut
    import hostile
    import leaks
    import paths
    import records
    import recovery
    import reuse
    import signals
    import sinks
    import unreachable
    import values
    import waits
    modules = {"unreachable": unreachable, "answers": answers, "cut": cut, "hostile": hostile,
               "reuse": reuse, "sinks": sinks, "kill": calls, "recover": recovery,
               "signals": signals, "calls": calls, "crowd": crowd, "leaks": leaks,
               "values": values, "clocks": clocks, "waits": waits, "again": again, "records": records,
               "paths": paths}
    return {row: getattr(modules[row], f"{row}_cells") for row in ROWS}


def cells(programs, is_long, patterns):
    """All cells whose name matches one of the patterns; a name that ends early means all below."""
    chosen = []
    for row, make in rows().items():
        wanted = [pattern for pattern in patterns if fnmatch.fnmatch(row, (pattern.split("/") + ["*"])[1])]
        if not wanted:
            continue
        for operation in OPERATIONS.values():
            if any(fnmatch.fnmatch(operation.name, pattern.split("/")[0]) for pattern in wanted):
                chosen += [cell for cell in make(programs, operation, is_long)
                           if any(fnmatch.fnmatch(cell.name, pattern) or
                                  fnmatch.fnmatch(cell.name, pattern + "/*") for pattern in wanted)]
    return chosen
