"""xai_management.testing and the fixture of pytest, as users have them."""

import os
import subprocess
import sys
import unittest

import stage  # noqa: F401  (cleans the environment)
from xai_management import UnavailableError, XAIManagement
from xai_management.testing import Emulator

PROGRAM = str(stage.BUILD / "bin/xai_emulator")
EXAMPLE = stage.HERE.parent.parent / "examples/test_with_emulator.py"


class EmulatorTest(unittest.TestCase):
    def test_clients_and_programs_find_it(self):
        with Emulator(program=PROGRAM) as emulator, emulator.client() as client:
            key = client.create_api_key("app", ["api-key:model:*", "api-key:endpoint:*"])
            ran = subprocess.run([stage.BUILD / "bin/manage_xai", "list-keys", "--output", "json"], check=True,
                                 env={**os.environ, **emulator.environment}, capture_output=True, text=True)
            self.assertIn(key["apiKeyId"], ran.stdout)
            self.assertEqual([commit["apiKeyId"] for commit in emulator.ledger()["commits"]], [key["apiKeyId"]])

    def test_it_can_be_told_to_fail_and_to_go_on(self):
        with Emulator("--now", "2027-01-31", program=PROGRAM) as emulator:
            with emulator.client(max_retries=0) as client:
                emulator.fault(path="/auth/*", status=503, times=0)
                with self.assertRaises(UnavailableError):
                    client.list_api_keys()
                emulator.clear_faults()
                self.assertEqual(client.list_api_keys()["apiKeys"], [])
                emulator.advance("24h")
                self.assertIn("2027-02-01", emulator.control("GET", "clock")["now"])
                emulator.set_state(teamBlocked=True)

    def test_it_ends_with_its_block_and_twice(self):
        with Emulator(program=PROGRAM) as emulator:
            address = emulator.address
        emulator.close()
        with self.assertRaises(UnavailableError), XAIManagement("key", "team", base_url=address, max_retries=0) as client:
            client.list_available_models()

    def test_what_does_not_start_says_why(self):
        with self.assertRaisesRegex(RuntimeError, "unknown option --nonsense"):
            Emulator("--nonsense", program=PROGRAM)
        with self.assertRaises(FileNotFoundError):
            Emulator(program="/nowhere/xai_emulator")

    def test_the_program_is_found_in_path(self):
        path = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        os.environ["PATH"] = "/nowhere"
        with self.assertRaisesRegex(FileNotFoundError, "XAI_EMULATOR"):
            Emulator()
        os.environ["PATH"] = f"{stage.BUILD}/bin"
        Emulator().close()


class PytestTest(unittest.TestCase):
    def run_pytest(self, *words, **more):
        environment = {**os.environ, "XAI_EMULATOR": PROGRAM, "XAI_TEAM_ID": "from-outside",
                       "http_proxy": "http://127.0.0.1:9", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", **more}
        return subprocess.run([sys.executable, "-B", "-m", "pytest", "-p", "no:cacheprovider", *words],
                              env=environment, capture_output=True, text=True, check=False)

    def test_the_example_passes(self):
        ran = self.run_pytest(str(EXAMPLE))
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)
        self.assertIn("2 passed", ran.stdout)

    def test_without_an_emulator_the_test_says_so(self):
        ran = self.run_pytest(str(EXAMPLE), XAI_EMULATOR="/nowhere/xai_emulator")
        self.assertEqual(ran.returncode, 1)
        self.assertIn("FileNotFoundError", ran.stdout)


if __name__ == "__main__":
    unittest.main()
