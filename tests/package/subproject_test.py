"""The project inside another project: only the library is built, and nothing is installed.

XAI_BUILD is the build folder of this tree; CXX and XAI_LAUNCHER are what it compiles with.
"""

import json
import os
import tempfile
import unittest
from pathlib import Path

import stage

HERE = Path(__file__).parent
BUILD = Path(os.environ["XAI_BUILD"])
# The whole library is compiled, once.
LIMIT_SECONDS = 1100


class SubprojectTest(unittest.TestCase):
    # A place that stays the same, so that a compiler cache knows the files again.
    build = BUILD / "tests" / "package" / "subproject"

    def configure(self, build, *settings):
        return stage.run("cmake", "-S", HERE / "subproject", "-B", build, f"-DXAI_SOURCE={HERE.parents[1]}",
                         f"-DCMAKE_CXX_COMPILER={os.environ['CXX']}", *settings)

    def check_run(self, *command, **options):
        done = stage.run(*command, **options)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def test_only_the_library_is_built(self):
        done = self.configure(self.build, "--fresh", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON", "-DCMAKE_UNITY_BUILD=ON",
                              "-DCMAKE_UNITY_BUILD_BATCH_SIZE=40",
                              f"-DCMAKE_CXX_COMPILER_LAUNCHER={os.environ.get('XAI_LAUNCHER', '')}")
        self.assertEqual(done.returncode, 0, done.stderr)
        units = json.loads((self.build / "compile_commands.json").read_text())
        self.assertTrue(units)
        for unit in units:
            self.assertNotIn("-Werror", unit["command"])
            self.assertNotRegex(unit["command"], r"xai_(cli|emulator|python)\b|_test\b|examples")
            if "consumer.dir" in unit["command"]:
                self.assertNotIn(f"-I{HERE.parents[1]}/src", unit["command"])
        cache = (self.build / "CMakeCache.txt").read_text()
        for stranger in ("GTest", "CLI11", "SQLite3", "OPENSSL", "pybind11"):
            self.assertNotIn(f"\n{stranger}_", cache)

        self.check_run("cmake", "--build", self.build, "--parallel", "2", timeout=LIMIT_SECONDS)
        with stage.emulator(BUILD / "bin") as address:
            said = self.check_run(self.build / "consumer", env=stage.settings(address))
        self.assertEqual(said, f"team {stage.TEAM}\n")
        with tempfile.TemporaryDirectory() as prefix:
            self.check_run("cmake", "--install", self.build, "--prefix", prefix)
            self.assertEqual(list(Path(prefix).iterdir()), [])

    def test_the_python_module_says_what_it_lacks(self):
        with tempfile.TemporaryDirectory() as build:
            lacking = "-DPython_EXECUTABLE=/nowhere/python3"
            left_out = self.configure(build, "-DXAI_PYTHON=AUTO", lacking)
            self.assertEqual(left_out.returncode, 0, left_out.stderr)
            self.assertRegex(left_out.stdout, "Python module is left out: python3-dev .*/nowhere/python3.* not found")
            refused = self.configure(build, "-DXAI_PYTHON=ON", lacking)
            self.assertNotEqual(refused.returncode, 0)
            self.assertIn("XAI_PYTHON is ON, but there is no python3-dev", refused.stderr)
            # What was missing before is found by the next configuration.
            if (BUILD / "python").exists():
                found = self.configure(build, "-DXAI_PYTHON=AUTO", "-UPython_EXECUTABLE")
                self.assertEqual(found.returncode, 0, found.stderr)
                self.assertNotIn("left out", found.stdout)
                self.assertIn("xai_python", self.check_run("cmake", "--build", build, "--target", "help"))


if __name__ == "__main__":
    unittest.main()
