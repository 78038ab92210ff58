"""The table of changes: what each makes wrong, and where."""

import fnmatch
import sys
import tomllib
import zlib
from dataclasses import dataclass
from pathlib import Path

MEMBERS = {"id", "file", "what", "old", "new", "first"}


@dataclass(frozen=True)
class Change:
    id: str
    file: str
    what: str  # What the changed program does, in one line.
    old: str
    new: str
    first: tuple  # Tests to try before all others, as suites.py names them.
    fault: str  # Why it fits the tree no more; empty when it does.

    @property
    def number(self):
        """The same however many others there are, so that their coming and going builds nothing anew."""
        return zlib.crc32(self.id.encode()) & 0x7FFFFFFF

    @property
    def is_statement(self):
        return self.old.rstrip().endswith((";", "}"))

    @property
    def room(self):
        return Path(self.file).parts[1]


def fault_of(root, file, old, new):
    path = root / file
    if not path.is_file():
        return f"there is no {file}"
    count = path.read_text().count(old)
    if count != 1:
        return f"its old text is in {file} {count} times, not once"
    return "its new text is the old one" if old == new else ""


def read(root):
    changes = []
    for path in sorted((root / "tests/mutants").glob("*.toml")):
        with path.open("rb") as file:
            document = tomllib.load(file)
        for row in document["change"]:
            if missing := {"id", "file", "what", "old", "new"} - row.keys() or row.keys() - MEMBERS:
                sys.exit(f"mutants: {path.name}: {row.get('id')}: {', '.join(missing)}")
            old, new = row["old"].strip("\n"), row["new"].strip("\n")
            changes.append(Change(row["id"], row["file"], row["what"], old, new, tuple(row.get("first", ())),
                                  fault_of(root, row["file"], old, new)))
    ids = [change.id for change in changes]
    if doubled := {id for id in ids if ids.count(id) > 1}:
        sys.exit(f"mutants: two changes of one name: {', '.join(sorted(doubled))}")
    return changes


def chosen(changes, patterns):
    if not patterns:
        return changes
    for pattern in patterns:
        if not any(fnmatch.fnmatch(change.id, pattern) for change in changes):
            sys.exit(f"mutants: no change is named {pattern}")
    return [change for change in changes
            if any(fnmatch.fnmatch(change.id, pattern) for pattern in patterns)]
