"""Keeps management keys in a real keyring, on a bus of its own.

XAI_PROGRAMS is where the programs were built.
"""

import json
import os
import shlex
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "package"))

import stage  # noqa: E402

PROGRAMS = os.environ["XAI_PROGRAMS"]
DEFAULT_COLLECTION = "/org/freedesktop/secrets/aliases/default"
OTHER_KEY = "xai-token-of-somebody-else"
# Nothing is started because somebody asks for it.
BUS = """<busconfig>
<type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="true"/><allow own="*"/></policy>
</busconfig>"""


class KeyringTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.configuration = self.folder / "config/xai-management/config.toml"
        self.address = self.enterContext(stage.emulator(PROGRAMS))
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(self.folder),
                            "XDG_CONFIG_HOME": str(self.folder / "config"),
                            "XDG_RUNTIME_DIR": str(self.folder), "XAI_MANAGEMENT_BASE_URL": self.address,
                            "XAI_INFERENCE_BASE_URL": self.address}

    def start_bus(self):
        (self.folder / "bus.conf").write_text(BUS.format(folder=self.folder))
        bus = subprocess.Popen(["dbus-daemon", f"--config-file={self.folder}/bus.conf", "--nofork", "--print-address"],
                               text=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=self.environment)
        self.addCleanup(bus.stdout.close)
        self.addCleanup(bus.wait, stage.LIMIT_SECONDS)
        self.addCleanup(bus.kill)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().strip()

    def start_keyring(self):
        """A keyring that the login has unlocked."""
        self.start_bus()
        keyring = subprocess.Popen(["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
                                   stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   env=self.environment, text=True)
        self.addCleanup(keyring.wait, stage.LIMIT_SECONDS)
        self.addCleanup(keyring.kill)
        keyring.stdin.write("password of the login")
        keyring.stdin.close()
        self.call_bus("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus.ListNames",
                      until='"org.freedesktop.secrets"')

    def call_bus(self, destination, path, method, *words, until=""):
        end = time.monotonic() + stage.LIMIT_SECONDS
        while True:
            answer = stage.run("dbus-send", "--session", "--print-reply", f"--dest={destination}", path, method,
                               *words, env=self.environment)
            if answer.returncode == 0 and until in answer.stdout:
                return
            self.assertLess(time.monotonic(), end, answer)

    def lock(self):
        self.call_bus("org.freedesktop.secrets", "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
                      f"array:objpath:{DEFAULT_COLLECTION}")

    def start_mute_bus(self):
        """A bus that takes connections and says nothing."""
        listener = self.enterContext(socket.socket(socket.AF_UNIX))
        listener.bind(str(self.folder / "mute"))
        listener.listen(16)
        listener.setblocking(False)
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.folder}/mute"
        return listener

    def manage_xai(self, words, code=0, given=None):
        done = subprocess.run([f"{PROGRAMS}/manage_xai", *shlex.split(words)], input=given or "", text=True,
                              capture_output=True, timeout=stage.LIMIT_SECONDS, check=False, env=self.environment)
        self.assertEqual(done.returncode, code, done)
        for text in (done.stdout, done.stderr):
            self.assertNotIn(stage.KEY, text)
            self.assertNotIn(OTHER_KEY, text)
        return done

    def fails(self, words, why, code=4, given=None):
        """Ends with one line that says why."""
        done = self.manage_xai(words, code, given)
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        self.assertIn(why, done.stderr)

    def test_the_key_of_a_profile_is_kept_and_used(self):
        self.start_keyring()
        self.manage_xai("config set region us-east-1 --profile 'a b'")
        said = self.manage_xai("config set-key --keyring --profile 'a b'", given=f" {OTHER_KEY}\n").stderr
        self.assertIn("the key is in the keyring, and the profile 'a b' uses it", said)
        # The profile says by now where its key goes.
        self.manage_xai("config set-key --profile 'a b'", given=f"{stage.KEY}\n")
        self.assertEqual(self.configuration.read_text(),
                         '[profiles."a b"]\nregion = "us-east-1"\nkeyring = true\n')
        self.assertEqual([self.configuration], list(self.configuration.parent.iterdir()))
        shown = json.loads(self.manage_xai("whoami --output json --profile 'a b'").stdout)
        self.assertIn("profile 'a b'", [setting["source"] for setting in shown["settings"]])
        self.manage_xai("config set keyring true --profile empty")
        [one, other] = json.loads(self.manage_xai("whoami --all-profiles --output json", 10).stdout)
        self.assertEqual((one["profile"], one["kind"]), ("a b", "management"))
        self.assertIn("it has none", other["error"])
        self.fails("list-keys --profile empty",
                   "the keyring does not give the management key of the profile 'empty': it has none")

    def test_a_key_in_a_file_gives_way(self):
        self.start_keyring()
        self.manage_xai("config set-key --profile a", given=f"{OTHER_KEY}\n")
        self.manage_xai("config set-key --keyring --profile a", given=f"{stage.KEY}\n")
        self.assertEqual(self.configuration.read_text(), "[profiles.a]\nkeyring = true\n")
        self.manage_xai("list-keys --profile a")
        self.manage_xai("config unset keyring --profile a")
        self.manage_xai("config set key_command echo x --profile a")
        self.fails("config set-key --keyring --profile a", "would have more than one key, by key_command, keyring", 2)

    def test_what_is_locked_stays_so(self):
        self.start_keyring()
        self.manage_xai("config set-key --keyring --profile a", given=f"{stage.KEY}\n")
        self.lock()
        before = self.configuration.read_text()
        self.fails("list-keys --profile a", "it is locked")
        self.fails("config set-key --profile a", "it is locked", 12, f"{OTHER_KEY}\n")
        self.fails("config set-key --keyring --profile b", "it is locked", 12, f"{OTHER_KEY}\n")
        self.assertEqual(self.configuration.read_text(), before)
        error = json.loads(self.manage_xai("list-keys --profile a --output json", 4).stderr)
        self.assertIn("it is locked", json.dumps(error))

    def test_a_keyring_that_is_not_there_is_said(self):
        self.manage_xai("config set keyring true --profile a")
        self.fails("list-keys --profile a", "the keyring does not give the management key")
        self.fails("config set-key --profile a", "the keyring does not keep the management key", 12, f"{OTHER_KEY}\n")
        self.start_bus()
        self.fails("list-keys --profile a", "org.freedesktop.secrets")
        (self.folder / "libsecret-1.so.0").touch()
        self.environment["LD_LIBRARY_PATH"] = str(self.folder)
        self.fails("list-keys --profile a", "cannot load libsecret-1.so.0; nothing was sent; install libsecret-1-0")

    def test_one_that_does_not_answer_is_given_up(self):
        self.manage_xai("config set keyring true --profile a")
        bus = self.start_mute_bus()
        started = time.monotonic()
        self.fails("list-keys --profile a", "it did not end within 1 s")
        self.assertLess(time.monotonic() - started, stage.LIMIT_SECONDS / 4)
        bus.accept()[0].close()
        self.fails("config set-key --profile a", "it did not end within 10 s", 12, f"{OTHER_KEY}\n")

    def test_it_is_asked_only_where_a_key_is_needed(self):
        self.manage_xai("config set keyring true --profile a")
        self.manage_xai("config set profile a")
        bus = self.start_mute_bus()
        for words in ("version", "help", "list-keys --help", "config list", "config get keyring", "regions --help",
                      "__complete fish '' get-key", "__complete bash '' delete-key"):
            self.manage_xai(words)
        self.environment["XAI_MANAGEMENT_KEY"] = stage.KEY
        self.manage_xai("list-keys")
        with self.assertRaises(BlockingIOError):
            bus.accept()


if __name__ == "__main__":
    unittest.main()
