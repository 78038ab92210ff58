"""Runs the programs of examples/ against the emulator.

XAI_EXAMPLES is where they were built, XAI_PROGRAMS where xai_emulator is.
"""

import os
import tempfile
import unittest
from pathlib import Path

import stage


class ExamplesTest(unittest.TestCase):
    def setUp(self):
        self.address = self.enterContext(stage.emulator(os.environ["XAI_PROGRAMS"]))
        self.environment = stage.settings(self.address)

    def example(self, name, *arguments, code=0):
        program = os.path.join(os.environ["XAI_EXAMPLES"], f"example_{name}")
        done = stage.run(program, *arguments, env=self.environment)
        self.assertEqual(done.returncode, code, done.stdout + done.stderr)
        return done

    def keys(self):
        return stage.call(self.address, "GET", f"/auth/teams/{stage.TEAM}/api-keys")["apiKeys"]

    def new_key(self, name, **members):
        return stage.call(self.address, "POST", f"/auth/teams/{stage.TEAM}/api-keys",
                          {"name": name, **members})

    def fault(self, **members):
        stage.call(self.address, "POST", "/_emulator/faults", {"path": "/auth/*", **members})

    def without_a_key(self, name, *arguments, code):
        del self.environment["XAI_MANAGEMENT_KEY"]
        self.assertIn("key", self.example(name, *arguments, code=code).stderr.lower())

    def test_create_key(self):
        done = self.example("create_key", "My App", "grok-4-0709")
        self.assertRegex(done.stdout, r"\Axai-\w+\n\Z")
        key = next(key for key in self.keys() if key["name"] == "My App")
        self.assertEqual(done.stderr, f"Created My App with the id {key['apiKeyId']}\n")
        self.assertEqual(sorted(key["aclStrings"]), ["api-key:endpoint:chat", "api-key:model:grok-4-0709"])
        self.assertEqual((key["qps"], key["qpm"]), (5, 100))
        self.assertTrue(key["expireTime"])
        self.assertIn("create_key: ", self.example("create_key", "", "grok-4-0709", code=1).stderr)
        self.example("create_key", code=2)
        self.without_a_key("create_key", "My App", "grok-4-0709", code=1)

    def test_ready_key(self):
        with tempfile.TemporaryDirectory() as folder:
            self.environment["XDG_STATE_HOME"] = folder
            file = Path(folder) / "secret"
            done = self.example("ready_key", "My App", file)
            self.assertRegex(done.stdout, r"\A[-0-9a-f]+ is ready\nlive credit in cents: -?\d+\n\Z")
            self.assertRegex(file.read_text(), r"\Axai-\w+\Z")
            self.assertIn("ready_key: ", self.example("ready_key", "My App", file, code=1).stderr)
            self.without_a_key("ready_key", "My App", Path(folder) / "other", code=1)

    def test_list_keys(self):
        for key in self.keys():
            stage.call(self.address, "DELETE", f"/auth/api-keys/{key['apiKeyId']}")
        whole = ["api-key:model:*", "api-key:endpoint:*"]
        for number in range(5):
            self.new_key(f"key {number}", acls=whole if number else whole[:1])
        done = self.example("list_keys", 2)
        self.assertEqual(sorted(done.stdout.splitlines()),
                         ["key 0  (can call nothing)", "key 1", "key 2", "key 3", "key 4"])
        self.assertEqual(done.stderr, "5 keys on 3 pages\n")
        self.fault(status=403)
        self.assertIn("list_keys: ", self.example("list_keys", code=1).stderr)
        self.without_a_key("list_keys", code=1)

    def test_errors(self):
        key = self.new_key("old")
        listed = lambda: next(each for each in self.keys() if each["name"] == "old")

        rotated = self.example("errors", key["apiKeyId"]).stdout
        self.assertEqual(rotated, f"rotated: old has a new secret, {listed()['redactedApiKey']}\n")
        self.assertNotEqual(listed()["redactedApiKey"], key["redactedApiKey"])

        nobody = "00000000-0000-4000-8000-000000000000"
        self.assertIn("refused: not_found", self.example("errors", nobody, code=5).stdout)
        self.fault(status=429, headers={"Retry-After": "7"})
        self.assertIn("throttled: nothing happened; run again in 7 s",
                      self.example("errors", key["apiKeyId"], code=6).stdout)
        before = listed()["redactedApiKey"]
        self.fault(method="POST", status=503, when="after")
        self.assertIn("unknown: look at", self.example("errors", key["apiKeyId"], code=8).stdout)
        self.assertNotEqual(listed()["redactedApiKey"], before)
        # Nothing listens on a port that was never given out.
        self.environment["XAI_MANAGEMENT_BASE_URL"] = "http://127.0.0.1:1"
        self.assertIn("not sent: nothing", self.example("errors", key["apiKeyId"], code=6).stdout)
        self.without_a_key("errors", key["apiKeyId"], code=2)

    def test_threads(self):
        before = len(self.keys())
        self.assertEqual(self.example("threads").stdout,
                         "8 threads created 40 keys and deleted 40\n")
        self.assertEqual(len(self.keys()), before)
        self.fault(method="POST", status=403, times=40)
        self.assertEqual(self.example("threads", code=1).stdout,
                         "8 threads created 0 keys and deleted 0\n")
        self.without_a_key("threads", code=1)

    def test_own_transport(self):
        self.assertEqual(self.example("own_transport").stdout.splitlines(), [
            "My App",
            "Batch",
            "the recording is over",
            "GET /auth/teams/my-team/api-keys?pageSize=1 ",
            "GET /auth/teams/my-team/api-keys?pageSize=1&paginationToken=2 ",
            "DELETE /auth/api-keys/1 ",
        ])


if __name__ == "__main__":
    unittest.main()
