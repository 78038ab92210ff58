"""Plants words out of place and expects each to be found."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "check_words"


class CheckWordsTest(unittest.TestCase):
    def run_on(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            return subprocess.run(
                [sys.executable, "-B", str(SCRIPT), folder], capture_output=True, text=True
            )

    def assert_found(self, name, text, why):
        result = self.run_on(name, text)
        self.assertEqual(result.returncode, 1, text)
        self.assertIn(f"{name}:1: ", result.stderr)
        self.assertIn(why, result.stderr)

    def assert_fine(self, name, text):
        result = self.run_on(name, text)
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_work_left_undone(self):
        for word in ("TODO", "FIXME", "XXX", "HACK"):
            self.assert_found("src/a.cpp", f"// {word} later\n", "left undone")

    def test_ordinary_text_is_fine(self):
        self.assert_fine("src/a.cpp", "// The network of a hacker; /etc/work is no path of ours.\n")

    def test_paths_of_a_machine(self):
        self.assert_found("docs/a.md", "see /work/main\n", "somebody's machine")
        self.assert_found("docs/a.md", "see /home/alice/x\n", "somebody's machine")

    def test_talk_about_the_work(self):
        self.assert_found("README.md", "As issue 12 says\n", "talk about the work")

    def test_real_looking_keys(self):
        self.assert_found("tests/a.cpp", '"xai-' + "a1B2" * 20 + '"\n', "real key")

    def test_a_suppression_names_its_check_and_its_reason(self):
        self.assert_found("src/a.cpp", "int a;  // NOLINT\n", "NOLINT")
        self.assert_found("src/a.cpp", "int a;  // NOLINT(bugprone-x)\n", "without its reason")
        self.assert_fine("src/a.cpp", "int a;  // NOLINT(bugprone-x): the service does so.\n")

    def test_a_workflow_names_no_command_and_no_option(self):
        for words in ("see `manage_xai recover`", "add --force", 'say \\"x\\" and --force'):
            self.assert_found("src/workflows/a.cpp", f'next = "{words}";\n', "workflow's words")
        self.assert_fine("src/workflows/a.cpp", 'a = "x"; --i; b = "y";  // manage_xai says it\n')
        self.assert_fine("src/cli/a.cpp", '"add --force"\n')

    def test_tests_that_may_not_test(self):
        self.assert_found("tests/a.cpp", "  GTEST_SKIP();\n", "may not test")
        self.assert_found("tests/a.cpp", "TEST(A, DISABLED_b) {}\n", "may not test")
        self.assert_fine("tests/a.cpp", '  GTEST_SKIP() << "no such device here";\n')

    def test_tests_that_sleep(self):
        self.assert_found("tests/a.cpp", "  std::this_thread::sleep_for(1s);\n", "sleeps")
        self.assert_fine("src/a.cpp", "  std::this_thread::sleep_for(1s);\n")


if __name__ == "__main__":
    unittest.main()
