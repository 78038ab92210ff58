"""Runs the real program against every server of the farm, for a read and for a write.

XAI_PROGRAMS is where the programs were built. For the write a server is good until the request is
about to be sent, and bad from then on.
"""

import os
import re
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))

from certificates import Mint  # noqa: E402
from farm import ADDRESS, Farm  # noqa: E402
from meetings import Server  # noqa: E402
from stage import KEY, Emulator, Ran, Stage  # noqa: E402

PROGRAMS = Path(os.environ["XAI_PROGRAMS"]).resolve()
AT_ONCE = 24
LIMIT_SECONDS = 30  # Of a run; three attempts that fail take two.


@dataclass
class Met:
    """A run, and the server that it met."""

    ran: Ran
    server: Server
    host: str
    records: int

    def problems(self, code, line, is_told):
        """`line` is a pattern of all that is said; `is_told` whether the server may read requests."""
        line = line.replace("HOST", re.escape(self.host))
        if self.ran.code != code:
            yield f"exit code {self.ran.code} where {code} belongs"
        if not re.fullmatch(line, self.ran.err):
            yield f"said {self.ran.err!r}, not {line!r}"
        if code and self.ran.out:
            yield f"printed {self.ran.out!r}"
        if not self.server.bad_visits:
            yield "never met the server"
        visits = self.server.bad_visits
        if any(KEY.encode() in visit.seen for visit in visits):
            yield "the management key was sent in clear"
        if heard := [] if is_told else [visit.heard for visit in visits if visit.heard]:
            yield f"the server could read {heard}"
        if KEY in self.ran.err:
            yield "the management key was shown"


class Trials:
    """What was tried with one row; each run has a state folder, which the two creates share."""

    def __init__(self, row, farm, emulator, folder, reads_before_write):
        self.row = row
        self.name = f"key of {row.name}"
        self.trust = (row.trust or farm.root).file
        self.emulator = emulator
        self.stage = Stage(PROGRAMS, emulator, tempfile.mkdtemp(dir=folder))
        reads = 0 if row.trust else reads_before_write  # The good server is the root's.
        with Server(emulator.port, row.meet) as server:
            self.read = self.run(server, "list-keys", *row.options)
        with Server(emulator.port, row.meet, farm.meet_well, reads) as server:
            self.write = self.run(server, *self.create(), *row.options)
            server.is_mended = True
            self.again = self.run(server, *self.create(), trust=farm.root.file)

    def create(self):
        return ("create-key", "--name", self.name, "--all-models", "--all-endpoints", "--no-check",
                "--secret-file", "secret", "--force")

    def run(self, server, *words, trust=None):
        host = self.row.host
        far = host != ADDRESS
        told = host if far else f"{host}:{server.port}"
        self.stage.address = f"https://{told}{self.row.path}"
        self.stage.more_environment = {"HTTPS_PROXY": f"http://127.0.0.1:{server.port}"} if far else {}
        ran = self.stage.run(*words, "--ca-file", str(trust or self.trust), limit_seconds=LIMIT_SECONDS)
        return Met(ran, server, told, len(self.stage.records()))

    def problems(self, keys_made):
        row = self.row
        line = re.escape(row.line.format(host="HOST", trust=self.trust, limit="LIMIT")).replace("LIMIT", "[0-9]+ m?s")
        delivered = "manage_xai: the secret went to the file 'secret'\n"
        failed = "manage_xai: cannot create " + re.escape(f"'{self.name}'") + ": "
        is_told = row.is_good or row.after_write is not None
        yield "read", self.read.problems(row.code, "" if row.is_good else f"manage_xai: {line}\n", is_told)
        if row.is_good:
            yield "write", self.write.problems(0, delivered, is_told)
        elif row.after_write is None:
            yield "write", self.write.problems(row.code, f"{failed}{line}\n", is_told)
        else:
            what = re.escape(row.after_write.format(host="HOST"))
            yield "write", self.write.problems(
                8, f"{failed}{what}; the change may or may not have been made; the list could not be looked at; "
                "run `manage_xai recover [0-9a-z]+` before you try again\n", is_told)
        yield "write", self.what_was_written(keys_made)
        if not row.is_good:
            yield "write again", self.again_problems(delivered)

    def what_was_written(self, keys_made):
        row = self.row
        is_known = row.after_write is None
        if self.write.records != (0 if is_known else 1):
            yield f"left {self.write.records} records"
        sent = [visit.heard[:4] for visit in self.write.server.first_visits]
        if b"POST" in sent:
            yield f"wrote to the good server: {sent}"
        wanted = row.keys_made if row.after_write else 2 if row.is_good else 1
        if keys_made != wanted:
            yield f"{keys_made} keys where {wanted} belong"

    def again_problems(self, delivered):
        """Nothing hinders another create, unless the first may have made a key."""
        if self.row.after_write is None:
            return self.again.problems(0, delivered, True)
        name = re.escape(f"'{self.name}'")
        told = ("may have made a key whose secret nobody knows: .* run `manage_xai recover [0-9a-z]+ --rotate .*"
                if self.row.keys_made else "has no answer, .* see `manage_xai recover` in a few minutes, .*")
        return self.again.problems(8, f"manage_xai: an earlier create of {name} {told}\n", True)


class FarmTest(unittest.TestCase):
    def test_every_server(self):
        folder = self.enterContext(tempfile.TemporaryDirectory(prefix="xai-tls-"))
        certificates = Path(folder) / "certificates"
        certificates.mkdir()
        emulator = Emulator(PROGRAMS)
        self.addCleanup(emulator.close)
        farm = Farm(Mint(certificates))
        good = replace(farm.rows[0], name="first of all")
        # As many requests as are sent to a good server before the one that makes the key.
        first = Trials(good, farm, emulator, folder, 0).write.server.bad_visits
        reads = [visit.heard[:4] for visit in first].index(b"POST")
        self.assertGreaterEqual(reads, 1)
        with ThreadPoolExecutor(AT_ONCE) as pool:
            # The last rows take longest, for what may be tried again is.
            tried = list(pool.map(lambda row: Trials(row, farm, emulator, folder, reads), reversed(farm.rows)))
        made = [key["name"] for key in emulator.keys().values()]
        bad = sum(not row.is_good for row in farm.rows)
        self.assertGreaterEqual(bad, 60)
        for trials in tried:
            for run, problems in trials.problems(made.count(trials.name)):
                for problem in problems:
                    with self.subTest(server=trials.row.name, run=run):
                        self.fail(problem)
        print(f"{bad} bad servers and {len(farm.rows) - bad} good ones", file=sys.stderr)


if __name__ == "__main__":
    unittest.main()
