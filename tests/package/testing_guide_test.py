"""Runs what docs/testing.md shows.

XAI_PROGRAMS is where the programs were built; PYTHONPATH leads to the Python module.
"""

import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path

import stage

ROOT = Path(__file__).resolve().parent.parent.parent
GUIDE = (ROOT / "docs/testing.md").read_text()
PROGRAMS = os.environ["XAI_PROGRAMS"]


def blocks(language):
    return re.findall(rf"^```{language}\n(.*?)^```$", GUIDE, re.S | re.M)


class TestingGuideTest(unittest.TestCase):
    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.environment = stage.clean_environment(
            PATH=f"{PROGRAMS}:/usr/bin:/bin", XAI_EMULATOR=f"{PROGRAMS}/xai_emulator",
            PYTEST_DISABLE_PLUGIN_AUTOLOAD="1")

    def run_here(self, *command, **more):
        return stage.run(*command, cwd=self.folder, env=self.environment, **more)

    def run_emulator(self, *words):
        return self.run_here(f"{PROGRAMS}/xai_emulator", "run", *words)

    def test_commands(self):
        outs = []
        for block in blocks("sh"):
            ran = self.run_here("sh", "-ec", block)
            self.assertEqual(ran.returncode, 0, block + ran.stdout + ran.stderr)
            outs.append(ran.stdout + ran.stderr)
        self.assertEqual(len(outs), 3)
        self.assertIn("KNOWS THE KEY", outs[0])
        self.assertIn('"committed"', outs[1])
        self.assertIn("exit code 8", outs[2])
        self.assertIn("nobody knows its secret", outs[2])

    def test_seed(self):
        [block] = blocks("json")
        (self.folder / "seed.json").write_text(block)
        ran = self.run_emulator("--seed", "seed.json", "--management-key", "xai-token-of-a-test", "--", "manage_xai",
                                "list-keys", "--output", "json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        self.assertEqual({key["name"] for key in json.loads(ran.stdout)}, {"old", "off"})

    def test_every_member_of_a_seed_is_documented(self):
        source = (ROOT / "src/emulator/seed.cpp").read_text()
        for members in re.findall(r"only_members\(\s*\w+,\s*\{(.*?)\}\)", source, re.S):
            for name in re.findall(r'"(\w+)"', members):
                self.assertIn(name, GUIDE)

    def test_faults(self):
        faults = re.findall(r"\| `(\{.*\})` \|", GUIDE)
        self.assertGreaterEqual(len(faults), 12)
        with stage.emulator(PROGRAMS) as address:
            for fault in faults:
                stage.call(address, "POST", "/_emulator/faults", json.loads(fault))
            self.assertEqual(len(stage.call(address, "GET", "/_emulator/faults")["faults"]), len(faults))

    def test_ctest(self):
        [block] = blocks("cmake")
        (self.folder / "app.cpp").write_text(
            '#include <cstdlib>\nint main() { return std::getenv("XAI_MANAGEMENT_BASE_URL") ? 0 : 1; }\n')
        (self.folder / "CMakeLists.txt").write_text(
            "cmake_minimum_required(VERSION 3.25)\nproject(app CXX)\nenable_testing()\n"
            "add_executable(app app.cpp)\n" + block)
        for command in (("cmake", "-B", "build"), ("cmake", "--build", "build"),
                        ("ctest", "--test-dir", "build", "--no-tests=error")):
            ran = self.run_here(*command)
            self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_pytest(self):
        [block] = blocks("python")
        (self.folder / "test_guide.py").write_text(block)
        ran = self.run_here(sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider")
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertIn("1 passed", ran.stdout)


if __name__ == "__main__":
    unittest.main()
