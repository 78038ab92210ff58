"""What recipes of the README, and alerts of the other documents, do, beyond that they run (documents_test.py): in good times, in bad ones,
and the second time.

XAI_PROGRAMS is where the programs were built. A `mail` of ours stands in for the real one.
"""

import fcntl
import json
import os
import re
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import stage

ROOT = Path(__file__).resolve().parent.parent.parent
README = ROOT / "README.md"
KEYS = f"/auth/teams/{stage.TEAM}/api-keys"
STAND_IN = '#!/bin/sh\necho "mail $*" >>"$NOTED"\n'


def block(word, document=README):
    """The one block of shell that has the word."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", document.read_text(), re.S | re.M)
    found = [text for text in blocks if word in text]
    assert len(found) == 1, f"{len(found)} blocks have {word}"
    return found[0]


def recipes(word):
    """The commands of a block, each with the lines it goes on in."""
    return re.sub(r"\|\n +", "| ", block(word)).splitlines()


class RecipesTest(unittest.TestCase):
    def setUp(self):
        self.address = self.enterContext(stage.emulator(os.environ["XAI_PROGRAMS"]))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.noted = self.folder / "noted"
        others = self.folder / "others"
        others.mkdir()
        (others / "mail").write_text(STAND_IN)
        (others / "mail").chmod(0o755)
        self.environment = {**stage.settings(self.address), "NOTED": str(self.noted),
                            "PATH": f"{others}:{os.environ['XAI_PROGRAMS']}:/usr/bin:/bin",
                            "XDG_STATE_HOME": str(self.folder / "state")}

    def run_recipe(self, command, code=0):
        done = stage.run("sh", "-c", command, env=self.environment, cwd=self.folder)
        self.assertEqual(done.returncode, code, command + "\n" + done.stdout + done.stderr)
        return done

    def new_key(self, name, **members):
        return stage.call(self.address, "POST", KEYS, {"name": name, **members})

    def key_names(self):
        return sorted(key["name"] for key in stage.call(self.address, "GET", KEYS)["apiKeys"])

    def recipe(self, word, of):
        [command] = [command for command in recipes(word) if of in command]
        return command

    def test_an_alert_is_mailed_when_credit_is_low_or_cannot_be_told(self):
        command = self.recipe("mail -s", "--fail-below")
        self.run_recipe(command)
        self.assertFalse(self.noted.exists())
        preview = stage.call(self.address, "GET", f"/v1/billing/teams/{stage.TEAM}/postpaid/invoice/preview")
        low = re.sub(r'("prepaidCredits": \{"val": )"-\d+"', r'\1"-1"', json.dumps(preview))
        self.assertNotEqual(json.loads(low), preview)
        for body, code in ((json.loads(low), 7), ({"coreInvoice": {}}, 13)):
            stage.call(self.address, "DELETE", "/_emulator/faults")
            stage.call(self.address, "POST", "/_emulator/faults",
                       {"path": "*/invoice/preview", "body": body, "status": 200, "times": 0})
            self.run_recipe(command)
            self.assertTrue(self.noted.read_text().startswith(f"mail -s xAI: exit code {code} ops@example.com\n"),
                            self.noted.read_text())
            self.noted.unlink()
        # Nothing listens on a port that was never given out.
        self.environment["XAI_MANAGEMENT_BASE_URL"] = "http://127.0.0.1:1"
        self.run_recipe(command)
        self.assertTrue(self.noted.read_text().startswith("mail -s xAI: exit code 6 ops@example.com\n"))

    def test_an_alert_is_mailed_when_keys_were_deleted_and_not_again(self):
        alert = block("alert.cursor", ROOT / "docs/what-the-api-lacks.md")
        (self.folder / "others/mail").write_text(STAND_IN + 'cat >>"$NOTED"\n')
        self.run_recipe(alert)
        self.noted.unlink(missing_ok=True)
        self.run_recipe(alert)
        self.assertFalse(self.noted.exists(), "mailed without news")
        for name in ("first", "second"):
            made = self.new_key(name)["apiKeyId"]
            stage.call(self.address, "DELETE", f"/auth/api-keys/{made}")
            self.run_recipe(alert)
            self.assertIn(f"API key '{name}' was deleted", self.noted.read_text())
            self.noted.unlink()
            self.run_recipe(alert)
            self.assertFalse(self.noted.exists(), "mailed twice")
        stage.call(self.address, "POST", "/_emulator/faults", {"path": "/audit/*", "status": 403, "times": 0})
        self.run_recipe(alert)
        self.assertIn("exit code 4", self.noted.read_text())

    def test_the_audit_log_is_shipped_once(self):
        command = self.recipe("flock", "audit.cursor")
        shipped = self.folder / "audit.jsonl"
        ids = lambda: [json.loads(line)["eventId"] for line in shipped.read_text().splitlines()]
        self.run_recipe(command)
        first = ids()
        self.assertTrue(first)
        self.new_key("one more")
        self.run_recipe(command)
        self.assertEqual(ids()[:len(first)], first)
        self.assertGreater(len(ids()), len(first))
        self.assertEqual(len(set(ids())), len(ids()))
        before = shipped.read_text()
        with open(self.folder / "audit.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.new_key("meanwhile")
            self.run_recipe(command, code=1)
        self.assertEqual(shipped.read_text(), before)
        self.run_recipe(command)
        self.assertEqual(len(set(ids())), len(ids()))
        self.assertGreater(len(shipped.read_text()), len(before))

    def test_expired_keys_are_deleted_and_no_other(self):
        hour = timedelta(hours=1)
        now = datetime.now(timezone.utc)
        text = lambda time: time.strftime("%Y-%m-%dT%H:%M:%SZ")
        kept = self.key_names()
        for number in range(13):
            self.new_key(f"over {number}", expireTime=text(now - hour))
        self.new_key("soon over", expireTime=text(now + hour))
        self.new_key("never over")
        command = self.recipe("xargs", "delete-key")
        self.assertEqual(len(self.run_recipe(command).stdout.splitlines()), 13)
        self.assertEqual(self.key_names(), sorted([*kept, "never over", "soon over"]))
        self.assertEqual(self.run_recipe(command).stdout, "")

    def test_keys_of_a_name_are_disabled_and_no_other(self):
        for number in range(20):
            self.new_key(f"ci-{number}")
        self.new_key("production")
        command = self.recipe("xargs", "--disable")
        self.run_recipe(command)
        keys = stage.call(self.address, "GET", KEYS)["apiKeys"]
        self.assertEqual({key["name"] for key in keys if not key["disabled"]}, {"production"})
        self.assertIn("is already like that", self.run_recipe(command).stderr)

    def test_drift_is_seen(self):
        self.new_key("app", qps=5)
        drift = block("diff keys.json")
        self.run_recipe(drift)
        look, count = re.subn(r"(?m)^keys >keys.json.*\n", "", drift)
        self.assertEqual(count, 1)
        self.run_recipe("manage_xai update-key app --qps 7")
        self.assertIn('>     "qps": 7', self.run_recipe(look, code=1).stdout)
        self.run_recipe("manage_xai update-key app --qps 5")
        self.run_recipe(look)


if __name__ == "__main__":
    unittest.main()
