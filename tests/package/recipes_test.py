"""Runs the shell commands that the README shows, as written, against the emulator.

XAI_PROGRAMS is where the programs were built. Commands of others stand in for the real ones where
they would send something away.
"""

import fcntl
import json
import os
import re
import shutil
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import stage

README = Path(__file__).resolve().parent.parent.parent / "README.md"
KEYS = f"/auth/teams/{stage.TEAM}/api-keys"
# Writes its own name, its words and its input down, in one piece: two of them may run in one pipe.
STAND_IN = '#!/bin/sh\n{ echo "${0##*/} $*"; cat; echo; } >"$NOTED.$$"\ncat "$NOTED.$$" >>"$NOTED"\n'


def recipes(word):
    """The commands of the one block of shell that has the word, each with the lines it goes on in."""
    blocks = [text for text in re.findall(r"^```sh\n(.*?)^```$", README.read_text(), re.S | re.M) if word in text]
    assert len(blocks) == 1, f"{len(blocks)} blocks have {word}"
    lines = [line for line in blocks[0].splitlines() if not line.startswith("#")]
    return re.sub(r"\|\n +", "| ", "\n".join(lines)).splitlines()


class RecipesTest(unittest.TestCase):
    def setUp(self):
        self.address = self.enterContext(stage.emulator(os.environ["XAI_PROGRAMS"]))
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.noted = self.folder / "noted"
        others = self.folder / "others"
        others.mkdir()
        for name in ("mail", "gh", "kubectl", "vault"):
            (others / name).write_text(STAND_IN)
            (others / name).chmod(0o755)
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

    @unittest.skipUnless(shutil.which("jq"), "jq is not there")
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

    @unittest.skipUnless(shutil.which("jq"), "jq is not there")
    def test_lists_go_to_other_programs(self):
        self.new_key("works")
        self.new_key("stopped")
        [to_file, to_jq] = recipes("keys.csv")
        self.run_recipe("manage_xai update-key stopped --disable")
        self.run_recipe(to_file)
        self.assertRegex((self.folder / "keys.csv").read_text(), r"\Aname,expireTime,apiKeyId\r?\n")
        names = self.run_recipe(to_jq).stdout.splitlines()
        self.assertIn("works", names)
        self.assertNotIn("stopped", names)

    def test_a_secret_goes_where_it_is_wanted(self):
        commands = recipes("gh secret set")
        for number, command in enumerate(commands):
            # Each is a choice of its own, on a machine that has not rotated the key.
            self.environment["XDG_STATE_HOME"] = str(self.folder / f"state {number}")
            if "rotate-key app" in command:
                for key in stage.call(self.address, "GET", KEYS)["apiKeys"]:
                    stage.call(self.address, "DELETE", f"/auth/api-keys/{key['apiKeyId']}")
                self.new_key("app")
                stage.call(self.address, "POST", "/_emulator/clock", {"advance": "1h"})
                self.noted.unlink(missing_ok=True)
            done = self.run_recipe(command.replace("--wait", "--wait=1s"), code=11 if "--wait" in command else 0)
            self.assertNotRegex(done.stdout + done.stderr, r"xai-\w{30}")
            if "rotate-key app" in command:
                self.assertRegex(self.noted.read_text(), r"\bxai-\w{60,}\n")
        self.assertRegex((self.folder / "app.key").read_text(), r"\Axai-\w{60,}\n?\Z")
        self.assertRegex((self.folder / ".env").read_text(), r"\AXAI_API_KEY=xai-\w{60,}\n\Z")
        self.assertEqual(len(commands), 5)

    def test_profiles_are_made_by_config(self):
        self.environment["XDG_CONFIG_HOME"] = str(self.folder / "config")
        (self.folder / "prod.key").write_text(stage.KEY + "\n")
        del self.environment["XAI_MANAGEMENT_KEY"], self.environment["XAI_TEAM_ID"]
        for command in recipes("config set-key"):
            self.run_recipe(command)
        shown = self.run_recipe("manage_xai config list").stdout
        for text in ("prod (default)", "us-east-1", "prod-*, billing", "prod.key"):
            self.assertIn(text, shown)
        # The form that is documented is one that is read.
        [form] = re.findall(r"^```toml\n(.*?)^```$", README.read_text(), re.S | re.M)
        (self.folder / "config/xai-management/config.toml").write_text(form.replace('"pass", "show", "xai/prod"',
                                                                                    f'"echo", "{stage.KEY}"'))
        self.run_recipe("manage_xai list-keys")
        self.run_recipe("manage_xai create-key --name x --all-models --all-endpoints", code=5)

    def test_money_usage_and_audit(self):
        for command in recipes("--fail-below 50,7d >/dev/null   #"):
            self.run_recipe(command)


if __name__ == "__main__":
    unittest.main()
