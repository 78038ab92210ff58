"""Types into real shells, on a terminal, and presses Tab.

XAI_PROGRAMS is where the programs are, XAI_SHELL which shell it is. With XAI_COMPLETION=installed the
shell finds the completion where a package has laid it down; else the program prints it.
"""

import os
import socket
import sys
import tempfile
import time
import unittest
from pathlib import Path

import pexpect

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "package"))

import stage  # noqa: E402

PROGRAMS = os.environ["XAI_PROGRAMS"]
SHELL = os.environ["XAI_SHELL"]
LIMIT_SECONDS = 30
KEYS = f"/auth/teams/{stage.TEAM}/api-keys"
# How each is started, and what is typed into it first.
SHELLS = {
    "bash": (["--norc", "--noprofile", "-i"], ["source <(manage_xai completion bash)"]),
    "zsh": (["-f", "-i"], ["autoload -Uz compinit && compinit -u -D", "source <(manage_xai completion zsh)"]),
    "fish": (["--no-config", "--interactive"], ["manage_xai completion fish | source"]),
}
if os.environ.get("XAI_COMPLETION") == "installed":
    SHELLS = {
        "bash": (["--norc", "--noprofile", "-i"], ["source /usr/share/bash-completion/bash_completion"]),
        "zsh": (["-f", "-i"], ["autoload -Uz compinit && compinit -u -D"]),
        "fish": (["--interactive"], []),
    }
# Completes as the real program does, and shows the words of any other command.
STAND_IN = """#!/bin/sh
case $1 in __complete | completion) exec {program} "$@" ;; esac
printf 'ran:'
printf '<%s>' "$@"
echo ':end'
"""


class CompletionTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (self.folder / "bin").mkdir()
        stand_in = self.folder / "bin/manage_xai"
        stand_in.write_text(STAND_IN.format(program=f"{PROGRAMS}/manage_xai"))
        stand_in.chmod(0o755)
        self.address = self.enterContext(stage.emulator(PROGRAMS))

    def open_shell(self, environment):
        words, setup = SHELLS[SHELL]
        kept = {**environment, "HOME": str(self.folder), "XDG_STATE_HOME": str(self.folder / "state"),
                "TERM": "dumb", "PATH": f"{self.folder}/bin:/usr/bin:/bin"}
        self.shell = pexpect.spawn(SHELL, words, env=kept, cwd=str(self.folder), encoding="utf-8",
                                   timeout=LIMIT_SECONDS, dimensions=(50, 200))
        self.addCleanup(self.shell.close, force=True)
        for line in setup:
            self.shell.sendline(line)

    def words_after(self, typed):
        """The words that the command got when Tab was pressed behind `typed`, then Enter."""
        self.shell.send(f"manage_xai {typed}\t\r")
        self.shell.expect("ran:(.*?):end")
        return self.shell.match.group(1).strip("<>").split("><")

    def new_key(self, name):
        stage.call(self.address, "POST", KEYS, {"name": name})

    def test_words_of_the_program(self):
        self.open_shell(stage.clean_environment())
        (self.folder / "my app.key").touch()
        for typed, words in (
                ("cre", ["create-key"]),
                ("list-keys --colu", ["list-keys", "--columns"]),
                ("list-keys --output=c", ["list-keys", "--output=csv"]),
                ("list-keys --output c", ["list-keys", "--output", "csv"]),
                ("create-key --output c", ["create-key", "--output", "c"]),
                ("--team-id x rotate", ["--team-id", "x", "rotate-key"]),
                ("help rot", ["help", "rotate-key"]),
                ("rotate-key app --secret-file my", ["rotate-key", "app", "--secret-file", "my app.key"])):
            self.assertEqual(self.words_after(typed), words)

    def test_names_of_keys(self):
        self.new_key("My First App")
        self.new_key("x; touch pwned")
        self.new_key("`touch pwned`")
        self.open_shell(stage.settings(self.address))
        for typed, name in (("My", "My First App"), ('"My F', "My First App"), ("x", "x; touch pwned"),
                            ("'`t", "`touch pwned`")):
            self.assertEqual(self.words_after(f"get-key {typed}"), ["get-key", name])
        self.assertFalse((self.folder / "pwned").exists())

    def test_nothing_is_looked_up_without_settings(self):
        self.new_key("My First App")
        before = stage.call(self.address, "GET", "/_emulator/ledger")["requests"]
        self.open_shell(stage.clean_environment(XAI_MANAGEMENT_BASE_URL=self.address))
        self.assertEqual(self.words_after("get-key My"), ["get-key", "My"])
        self.assertEqual(stage.call(self.address, "GET", "/_emulator/ledger")["requests"], before)

    def test_a_service_that_does_not_answer_is_not_waited_for(self):
        with socket.create_server(("127.0.0.1", 0)) as silent:
            address = f"http://127.0.0.1:{silent.getsockname()[1]}"
            self.open_shell(stage.settings(address))
            self.assertEqual(self.words_after("cre"), ["create-key"])
            begun = time.monotonic()
            self.assertEqual(self.words_after("get-key My"), ["get-key", "My"])
            # Half a second, by far less than a client waits else.
            self.assertLess(time.monotonic() - begun, 10)


if __name__ == "__main__":
    unittest.main()
