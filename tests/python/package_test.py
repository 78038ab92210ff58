"""The package as people meet it: imported, installed, and under a command line."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import stage
from stage import KEY, TEAM, EmulatorCase, at_emulator, run_script


class Import(unittest.TestCase):
    def test_little_is_loaded(self):
        run = run_script("import sys, xai_management\nprint(*sorted(sys.modules))")
        loaded = set(run.stdout.split())
        self.assertFalse(loaded & {"requests", "json", "typing", "urllib", "socket", "asyncio", "datetime", "decimal",
                                   "threading"}, run.stdout)

    def test_libcurl_waits_for_the_first_call(self):
        run = run_script("import xai_management\n"
                         "xai_management.XAIManagement('xai-token-x', 'team')\n"
                         "print('libcurl' in open('/proc/self/maps').read())")
        self.assertEqual((run.stdout, run.stderr), ("False\n", ""))

    def test_only_its_entry_is_exported(self):
        import xai_management._core as core

        symbols = subprocess.run(["nm", "--dynamic", "--defined-only", core.__file__], capture_output=True, text=True)
        names = {line.split()[-1] for line in symbols.stdout.splitlines()}
        # Unique symbols of libstdc++'s templates come with every program.
        self.assertEqual({name for name in names if "xai" in name or "boost" in name}, set())
        self.assertIn("PyInit__core", names)


class Installed(EmulatorCase):
    def test_the_installed_tree_alone(self):
        with tempfile.TemporaryDirectory() as prefix:
            subprocess.run([os.environ["XAI_CMAKE"], "--install", stage.BUILD, "--component", "python", "--prefix", prefix],
                           check=True, capture_output=True)
            found = [str(path.relative_to(prefix)) for path in Path(prefix).rglob("*") if path.is_file()]
            folder = "lib/python%d.%d/dist-packages/xai_management/" % sys.version_info[:2]
            source = stage.HERE.parent.parent / "src/python/xai_management"
            self.assertEqual({re.sub(r"^.*/|\..*\.so$", "", name) for name in found},
                             {"_core", *(path.name for path in source.iterdir() if path.is_file())})
            self.assertTrue(all(name.startswith(folder) for name in found), found)
            run = run_script("import xai_management\nprint(xai_management.__file__)\n"
                             "print(xai_management.XAIManagement().create_api_key('installed')['name'])",
                             environment={**at_emulator(self.emulator), "PYTHONPATH": f"{prefix}/{Path(folder).parent}"})
            self.assertEqual(run.stderr, "")
            self.assertEqual(run.stdout, f"{prefix}/{folder}__init__.py\ninstalled\n")


class CommandLine(EmulatorCase):
    def run_command(self, *arguments, environment=None):
        return run_script(stage.HERE / "manage_xai_click.py", *arguments,
                          environment={**at_emulator(self.emulator), **(environment or {})})

    def json_of(self, *arguments):
        run = self.run_command(*arguments, "--output", "json")
        self.assertEqual((run.returncode, run.stderr), (0, ""))
        return json.loads(run.stdout)

    def test_all_five_commands(self):
        key = self.json_of("create-key", "--name", "Production Key", "--model", "grok-3", "--model", "grok-4-0709",
                           "--endpoint", "chat", "--qps", "10", "--qpm", "1000")
        self.assertEqual((key["qps"], key["qpm"]), (10, 1000))
        self.assertEqual(key["aclStrings"],
                         ["api-key:model:grok-3", "api-key:model:grok-4-0709", "api-key:endpoint:chat"])
        self.assertIn("Production Key", [each["name"] for each in self.json_of("list-keys")])
        self.assertIn("grok-4-0709", [each["name"] for each in self.json_of("list-models")])
        self.assertIn("us-east-1", self.json_of("regions"))
        self.assertEqual(self.json_of("delete-key", key["apiKeyId"]), {"success": True, "keyId": key["apiKeyId"]})

    def test_text(self):
        made = self.run_command("create-key", "--name", "My API Key", "--all-models", "--all-endpoints")
        self.assertRegex(made.stdout, r"^Id: [-0-9a-f]{36}\nSecret: xai-\w+\n$")
        self.assertIn("My API Key", self.run_command("list-keys", "--limit", "100").stdout)
        self.assertIn("eu-west-1: ", self.run_command("regions").stdout)

    def test_options_stand_for_the_environment(self):
        nothing = {"XAI_MANAGEMENT_KEY": "", "XAI_TEAM_ID": ""}
        run = self.run_command("list-keys", environment=nothing)
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertRegex(run.stderr, "^Error: .*XAI_MANAGEMENT_KEY")
        run = self.run_command("list-keys", "--management-key", KEY, "--team-id", TEAM, "--region", "us-east-1",
                               environment=nothing)
        self.assertEqual((run.returncode, run.stderr), (0, ""))

    def test_failure(self):
        run = self.run_command("delete-key", "faf5f6c2-5322-4793-9b74-23129addca0c")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertRegex(run.stderr, "^Error: .*HTTP 404")


class Example(EmulatorCase):
    SCRIPT = stage.HERE.parent.parent / "examples" / "create_key.py"

    def run_example(self, *arguments):
        return run_script(self.SCRIPT, *arguments, environment={**at_emulator(self.emulator), "XDG_STATE_HOME": self.state})

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.state = folder.name

    def test_a_key_is_minted_into_a_file_and_the_credit_read(self):
        file = Path(self.state) / "key"
        run = self.run_example("example", "grok-4", file)
        self.assertEqual(run.stderr, "")
        self.assertRegex(run.stdout, r"^[-0-9a-f]{36} is ready\nlive credit in USD: \d+\.\d\d\n$")
        self.assertTrue(file.read_text().startswith("xai-"))
        self.assertNotIn("xai-", run.stdout)

    def test_what_it_says_when_it_cannot(self):
        run = self.run_example("example", "grok-44", Path(self.state) / "key")
        self.assertEqual((run.returncode, run.stdout), (1, ""))
        self.assertRegex(run.stderr, "^create_key: .*grok-44.*did you mean")
        self.assertIn("NAME MODEL FILE", self.run_example().stderr)

    def test_it_is_short(self):
        self.assertLessEqual(len(self.SCRIPT.read_text().splitlines()), 30)


if __name__ == "__main__":
    unittest.main()
