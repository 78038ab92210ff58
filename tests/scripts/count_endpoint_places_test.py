"""Plants an endpoint in a small tree, takes places away and adds some."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "count_endpoint_places"
TREE = {
    "include/xai/management/badges.h": 'struct GetBadge { id{"getBadge"}; };\n',
    "src/wire/badges.h": "row<GetBadge>\n",
    "src/wire/operations.h": "TypeList<GetBadge>\n",
    "src/cli/commands/badges.cpp": "exchange(session, GetBadge{})\n",
    "src/emulator/routes/badges.cpp": "answer(Call& call, const GetBadge&)\n",
    "src/python/xai_management/_badges.py": "def get_badge(self):\n",
    "src/python/xai_management/__init__.pyi": "def get_badge(self):\n",
    "src/python/xai_management/types.py": "class GetBadge(TypedDict): ...\n",
    "contract/get_badge.json": "{}\n",
}


class CountEndpointPlacesTest(unittest.TestCase):
    def run_on(self, tree):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text)
            return subprocess.run([sys.executable, "-B", str(SCRIPT), "GetBadge", folder],
                                  capture_output=True, text=True)

    def test_the_places_of_an_endpoint(self):
        ran = self.run_on(TREE)
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))
        self.assertEqual(len(ran.stdout.splitlines()), 7)

    def test_a_place_that_is_missing(self):
        for name in TREE:
            if not name.endswith((".pyi", "types.py")):
                ran = self.run_on({key: text for key, text in TREE.items() if key != name})
                self.assertEqual(ran.returncode, 1, name)
                self.assertIn("GetBadge: ", ran.stderr)

    def test_another_file_that_knows_it(self):
        for text in ("send(GetBadge{});\n", 'call("getBadge")\n', "get_badge();\n"):
            ran = self.run_on({**TREE, "src/client/badges.cpp": text})
            self.assertEqual(ran.returncode, 1, text)
            self.assertIn("src/client/badges.cpp has to know it too", ran.stderr)

    def test_other_names_do_not_count(self):
        ran = self.run_on({**TREE, "src/client/other.cpp": "GetBadges declare_get_badge GetBadgeResponse\n"})
        self.assertEqual((ran.returncode, ran.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
