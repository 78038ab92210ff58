#!/usr/bin/env python3
"""Plays transcripts: commands of the real programs, with all they print and their exit codes.

    run.py --programs build/dev/bin [--accept] [FILE...]

A transcript reads like a session:

    # What it shows, in a sentence or two.
    emulator: --now 2026-11-23T12:00:00Z     starts xai_emulator with these options
    server: html                             or one of the servers in servers.py
    env: NAME=VALUE                          sets a variable; `env: NAME` takes it away
    file: NAME=TEXT                          a file in the working folder, mode 0600
    terminal: 80                             from here on a terminal of so many columns
    type: y                                  a line typed at the next command
    $ manage_xai list-keys                   a command, for sh
    ID  NAME ...                             what it prints; `<any>` stands for anything
    2> manage_xai: ...                       what it prints to standard error
    => 5                                     its exit code, when it is not 0

The address of the server is shown as ADDRESS, without its scheme as HOST; commands may write
$ADDRESS. Commands run in an empty folder of their own, with nothing else in the environment.
"""

import argparse
import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
from pathlib import Path

import servers

HERE = Path(__file__).resolve().parent
KEY = "xai-token-canary-4f1d9c27b05e"
TEAM = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"
LIMIT_SECONDS = 60
DIRECTIVE = re.compile(r"^(emulator|server|env|file|terminal|type): ?(.*)$")


class Stage:
    """The folder, environment and server that the commands of one transcript run with."""

    def __init__(self, programs, folder):
        self.folder = folder
        self.programs = programs
        self.columns = 0
        self.typed = []
        self.address = ""
        self.stop_server = lambda: None
        self.environment = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "HOME": str(folder),
            "TERM": "xterm",
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
            "XAI_MANAGEMENT_KEY": KEY,
            "XAI_TEAM_ID": TEAM,
        }
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]

    def serve(self, address, stop):
        # A transcript may have several, one after the other.
        self.stop_server()
        self.address, self.stop_server = address, stop
        self.environment["ADDRESS"] = address
        self.environment["XAI_MANAGEMENT_BASE_URL"] = address
        self.environment["XAI_INFERENCE_BASE_URL"] = address

    def start_emulator(self, options):
        command = f'exec "{self.programs}/xai_emulator" --port 0 --management-key {KEY} --team-id {TEAM} {options}'
        process = subprocess.Popen(["sh", "-c", command], stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, cwd=self.folder)
        line = process.stdout.readline().decode().strip()
        if not line.startswith("http"):
            raise SystemExit(f"the emulator did not start: {line!r}")

        def stop():
            process.terminate()
            process.wait(LIMIT_SECONDS)
            process.stdout.close()

        self.serve(line, stop)

    def direct(self, word, value):
        if word == "emulator":
            self.start_emulator(value)
        elif word == "server":
            self.serve(*servers.start(value))
        elif word == "env":
            name, equals, text = value.partition("=")
            text = text.replace("$ADDRESS", self.address)
            self.environment.pop(name, None)
            if equals:
                self.environment[name] = text
        elif word == "file":
            name, _, text = value.partition("=")
            path = self.folder / name
            path.write_text(text.encode().decode("unicode_escape"))
            path.chmod(0o600)
        elif word == "terminal":
            self.columns = int(value or 80)
        elif word == "type":
            self.typed.append(value)

    def run(self, command):
        typed = "".join(line + "\n" for line in self.typed)
        self.typed = []
        if self.columns:
            out, code = self.run_on_terminal(command, typed)
            err = b""
        else:
            done = subprocess.run(["sh", "-c", command], cwd=self.folder, env=self.environment,
                                  input=typed.encode(), capture_output=True,
                                  timeout=LIMIT_SECONDS, check=False)
            out, err, code = done.stdout, done.stderr, done.returncode
        for text in (out, err):
            if KEY.encode() in text:
                raise SystemExit(f"the management key was printed by: {command}")
        return self.shown(out, "") + self.shown(err, "2> ") + ([f"=> {code}"] if code else [])

    def run_on_terminal(self, command, typed):
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, self.columns, 0, 0))
        process = subprocess.Popen(["sh", "-c", command], cwd=self.folder, env=self.environment,
                                   stdin=theirs, stdout=theirs, stderr=theirs,
                                   start_new_session=True)
        os.close(theirs)
        os.write(ours, typed.encode())
        out = b""
        while select.select([ours], [], [], LIMIT_SECONDS)[0]:
            try:
                part = os.read(ours, 65536)
            except OSError:
                break
            if not part:
                break
            out += part
        os.close(ours)
        # What a line drawn over itself leaves on the screen is its last state.
        out = re.sub(rb"[^\n]*\r\x1b\[K", b"", out.replace(b"\r\n", b"\n"))
        return out, process.wait(LIMIT_SECONDS)

    def shown(self, text, prefix):
        text = text.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
        if self.address:
            text = text.replace(self.address, "ADDRESS")
            text = text.replace(self.address.split("://", 1)[1], "HOST")
        text = text.replace(str(self.folder), "FOLDER")
        return [prefix + line for line in text.split("\n")[:-1]] + (
            [prefix + text.split("\n")[-1] + "<no newline>"] if not text.endswith("\n") and text else [])


def matches(expected, actual):
    if "<any>" not in expected:
        return expected == actual
    pattern = ".*".join(re.escape(part) for part in expected.split("<any>"))
    return re.fullmatch(pattern, actual) is not None


def play(path, programs):
    """The transcript as it is and as it would be after this run."""
    lines = path.read_text().split("\n")
    result = []
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(programs, Path(folder))
        try:
            i = 0
            while i < len(lines):
                line = lines[i]
                i += 1
                result.append(line)
                directive = DIRECTIVE.match(line)
                if directive:
                    stage.direct(*directive.groups())
                if not line.startswith("$ "):
                    continue
                expected = []
                while i < len(lines) and not (lines[i].startswith(("$ ", "# ")) or DIRECTIVE.match(lines[i])):
                    expected.append(lines[i])
                    i += 1
                # A blank line before the next command belongs to the page, not to the output.
                tail = []
                while expected and not expected[-1]:
                    tail.append(expected.pop())
                actual = stage.run(line[2:])
                kept = [next((old for old in expected if "<any>" in old and matches(old, new)), new)
                        for new in actual]
                result += kept + tail
        finally:
            stage.stop_server()
    return lines, result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--programs", type=Path, default=HERE.parent.parent / "build/dev/bin")
    parser.add_argument("--accept", action="store_true", help="rewrite what differs")
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    failed = 0
    for path in arguments.files or sorted(HERE.glob("*/*.txt")):
        before, after = play(path.resolve(), arguments.programs.resolve())
        if before == after:
            continue
        failed += 1
        if arguments.accept:
            path.write_text("\n".join(after))
            print(f"rewrote {path}")
            continue
        print(f"{path} differs:")
        import difflib
        print("\n".join(difflib.unified_diff(before, after, "expected", "actual", lineterm="", n=2)))
    return 1 if failed and not arguments.accept else 0


if __name__ == "__main__":
    sys.exit(main())
