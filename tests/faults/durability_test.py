"""In what order things reach the disk, by the system calls: the record before the request, the secret
in its record before it is handed over, a file's bytes before its name, all of it before the record
goes. No test without a power cut would notice one of them missing."""

import argparse
import contextlib
import re
import struct
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

from stage import Emulator, Stage  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAMS = ROOT / "build/release/bin"
CALLS = "pwrite64,write,fsync,rename,renameat,renameat2,linkat,unlink,unlinkat,mkdir,mkdirat,sendto"
STAT = "newfstatat"  # What fstat is to the kernel, as glibc calls it.
SECRET = r"xai-[A-Za-z0-9]{60}"
CREATE = ("create-key", "--name", "n", "--all-models", "--all-endpoints")
REQUEST = r'sendto\(.*"POST /auth/teams/'
RECORD_GOES = r"unlink\(.*/pending/\w+\.jsonl"


class Trace:
    """The calls of one run in their order, each with the paths of its files."""

    def __init__(self, stage, *words, rules=()):
        log = stage.folder / "calls"
        self.ran = stage.run(*words, prefix=["strace", "-f", "-y", "-qq", "-s", "8192", "-o", str(log), "-e",
                                             f"trace={CALLS},{STAT}", *rules])
        # What one thread began while another one was under way stands in two lines.
        self.lines = [re.sub(r"^\d+ +", "", line) for line in log.read_text(errors="replace").splitlines()
                      if " resumed>" not in line]

    def after(self, pattern, begin=0):
        """The place of the first such call behind `begin`; none when there is none."""
        return next((i for i in range(begin, len(self.lines)) if re.search(pattern, self.lines[i])), None)


class DurabilityTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator(PROGRAMS)
        cls.addClassCleanup(cls.emulator.close)

    @contextlib.contextmanager
    def stage(self):
        with tempfile.TemporaryDirectory() as folder:
            yield Stage(PROGRAMS, self.emulator, folder)

    def assert_order(self, trace, *patterns):
        """Each call is found behind the one before it."""
        place = -1
        for pattern in patterns:
            found = trace.after(pattern, place + 1)
            if found is None:
                tail = "\n".join(line[:160] for line in trace.lines[max(place, 0):])
                self.fail(f"no call {pattern} behind the one before it:\n{tail}")
            place = found

    def count_of(self, trace, call, pattern):
        """Which call of that name, by strace's count, the first one is that the pattern fits."""
        calls = [line for line in trace.lines if line.startswith(f"{call}(")]
        return next(n for n, line in enumerate(calls, start=1) if re.search(pattern, line))

    def run_well(self, stage, *words):
        trace = Trace(stage, *words)
        self.assertEqual(trace.ran.code, 0, trace.ran.err)
        return trace

    def test_the_record_is_on_the_disk_before_the_request(self):
        with self.stage() as stage:
            trace = self.run_well(stage, *CREATE)
            self.assert_order(trace, r'pwrite64\(\d+<.*/pending/\.new-\w+>, "\{.*createApiKey',
                              r"fsync\(\d+<.*/pending/\.new-\w+>", r"rename.*/pending/\.new-\w+.*\.jsonl",
                              r"fsync\(\d+<.*/pending>", REQUEST)

    def test_new_folders_are_on_the_disk_before_the_request(self):
        with self.stage() as stage:
            trace = self.run_well(stage, *CREATE)
            self.assert_order(trace, r'mkdir.*/xai-management"', rf"fsync\(\d+<{stage.state}>",
                              r'mkdir.*/pending"', r"fsync\(\d+<.*/xai-management>", REQUEST)

    def test_the_secret_is_in_its_record_before_it_is_printed(self):
        with self.stage() as stage:
            trace = self.run_well(stage, *CREATE)
            self.assert_order(trace, REQUEST, rf"pwrite64\(\d+<.*\.jsonl>.*{SECRET}", r"fsync\(\d+<.*\.jsonl>",
                              rf"write\(1<.*{SECRET}", RECORD_GOES)

    def test_the_secret_is_in_its_record_before_a_command_has_it(self):
        with self.stage() as stage:
            trace = self.run_well(stage, *CREATE, "--secret-command", "cat > app.key")
            self.assert_order(trace, REQUEST, rf"pwrite64\(\d+<.*\.jsonl>.*{SECRET}", r"fsync\(\d+<.*\.jsonl>",
                              rf"write\(\d+<pipe:.*{SECRET}", RECORD_GOES)

    def test_a_file_has_its_bytes_before_its_name_and_both_before_the_record_goes(self):
        for more, named in (((), r'linkat\(.*"app\.key"'), (("--force",), r'rename.*"app\.key"')):
            with self.stage() as stage:
                trace = self.run_well(stage, *CREATE, "--secret-file", "app.key", *more)
                self.assert_order(trace, REQUEST, rf"pwrite64\(\d+<.*\.jsonl>.*{SECRET}", r"fsync\(\d+<.*\.jsonl>",
                                  rf"pwrite64\(\d+<.*/\.app\.key\.\w+>.*{SECRET}",
                                  r"fsync\(\d+<.*/\.app\.key\.\w+>", named, rf"fsync\(\d+<{stage.work}>",
                                  RECORD_GOES)

    def test_recover_names_its_file_in_the_record_before_the_secret_is_in_it(self):
        with self.stage() as stage:
            self.assertEqual(stage.run(*CREATE, "--secret-command", "false").code, 9)
            trace = self.run_well(stage, "recover", "--deliver", "--secret-file", "app.key")
            self.assert_order(trace, r"pwrite64\(\d+<.*\.jsonl>.*\.app\.key\.", r"fsync\(\d+<.*\.jsonl>",
                              rf"pwrite64\(\d+<.*/\.app\.key\.\w+>.*{SECRET}",
                              r"fsync\(\d+<.*/\.app\.key\.\w+>", r'linkat\(.*"app\.key"',
                              rf"fsync\(\d+<{stage.work}>", RECORD_GOES)

    def test_a_name_that_did_not_reach_the_disk_keeps_the_secret_in_its_record(self):
        with self.stage() as stage:
            # The first run makes the folders, with calls that the next ones do not make.
            self.run_well(stage, *CREATE)
            trace = self.run_well(stage, *CREATE, "--secret-file", "app.key")
            n = self.count_of(trace, "fsync", rf"<{stage.work}>")
            (stage.work / "app.key").unlink()
            trace = Trace(stage, *CREATE, "--secret-file", "app.key",
                          rules=["-e", f"inject=fsync:error=EIO:when={n}"])
            self.assertEqual(trace.ran.code, 9, trace.ran.err)
            self.assertEqual(len(stage.records()), 1)

    def test_a_record_that_the_file_system_gives_to_another_user_is_not_relied_on(self):
        # As NFS with root squash does: st_dev, st_ino, st_nlink, st_mode, st_uid as they lie in memory.
        status = struct.pack("<QQQII", 1, 2, 1, 0o100600, 12345).hex()
        with self.stage() as stage:
            self.run_well(stage, *CREATE)
            trace = self.run_well(stage, *CREATE)
            looks = [n for n, line in enumerate((line for line in trace.lines if line.startswith(f"{STAT}(")), 1)
                     if "/pending/.new-" in line]
            # The first look is about what kind of file it is, the last one about whose.
            trace = Trace(stage, *CREATE, rules=["-e", f"inject={STAT}:poke_exit=@arg3={status}:when={looks[-1]}"])
            self.assertEqual(trace.ran.code, 12, trace.ran.err)
            self.assertIsNone(trace.after(REQUEST), "it was sent")
            self.assertEqual(list(stage.pending.iterdir()), [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=PROGRAMS)
    known, rest = parser.parse_known_args()
    PROGRAMS = known.programs.resolve()
    unittest.main(argv=[sys.argv[0], *rest])
