"""Runs every block of code of a document, from top to bottom, in one shell that has an emulator.

What a block means depends on its language:
  sh               commands; each must end with 0
  console          commands behind `$ ` (and `> `), and below each what it prints
  text             what the block before it prints
  python           a script, or with a test in it, a file for pytest
  cpp, cmake       a program that is built with the installed library, and run; what builds it
  yaml, json, toml a file, of the name that the paragraph before ends with; the steps of a workflow are run
In what is printed, … stands for any text; ids, times and amounts may differ. A comment that begins
with `<!-- sh` is run too: it makes what the reader is taken to have.

XAI_PROGRAMS is where the programs were built, XAI_STAGE the tree that install.cmake has laid down,
PYTHONPATH leads to the Python module, CXX is the compiler.
    documents_test.py [DocumentsTest.test_NAME]
"""

import json
import os
import re
import sys
import tempfile
import unittest
from dataclasses import dataclass
from pathlib import Path

import stage

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs/guides").glob("*.md"))]
PROGRAMS = os.environ["XAI_PROGRAMS"]

# What is shown and not run here, by how it begins: why, and what of scripts/check-install runs it instead.
NOT_RUN = {
    "scripts/quickstart": ("builds the tree", "tests/package/in_builder"),
    "scripts/package": ("installs packages as root", "tests/package/in_builder"),
    "cmake --preset release && cmake --build": ("takes a quarter of an hour, as root", None),
    "5   cli": ("a drawing", None),
    "argv →": ("a drawing", None),
    "open the sink →": ("a drawing", None),
}
STAND_INS = {
    "mail": "cat >/dev/null",
    "pass": f"echo {stage.KEY}",
    "gh": "grep -q '^xai-.*'",
    "vault": "grep -q '^xai-.*'",
    "kubectl": 'if [ "$1" = create ]; then cat; else grep -q "^xai-.*"; fi',
}
BLOCK = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<text>.*?)^ *```$|^<!-- sh\n(?P<hidden>.*?)^-->$",
                   re.M | re.S)
# What differs from run to run, and the width of a column that it stands in.
MASKS = [(re.compile(pattern), mask) for pattern, mask in (
    (r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "<id>"),
    (r"xai-\.\.\.\w{4}\b", "<tail>"),
    (r"127\.0\.0\.1:\d+", "<host>"),
    (r"\b\d{4}-\d\d-\d\d(T[\d:.]+Z)?", "<time>"),
    (r"\b\d{1,2} [A-Z][a-z]+ \d{4}\b", "<time>"),
    (r"\b\d{4}-\d\d\b", "<month>"),
    (r"(?<![.\d])-?\d+\.\d+\b", "<amount>"),
    (r"\b\d+ days\b", "<span>"),
    (r"(?m)^[a-z0-9]{8}(?=  )|(?<=recover )[a-z0-9]{8}\b", "<record>"),
    (r" {2,}", " "),
)]


def masked(text):
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return "".join(line.rstrip() + "\n" for line in text.splitlines())


def matches(shown, printed):
    pattern = "".join(r"(.*\n)*?" if line == "…\n" else re.escape(line).replace("…", ".*?")
                      for line in masked(shown).splitlines(keepends=True))
    return re.fullmatch(pattern, masked(printed))


def sessions(text):
    """Of a block of a console, each command with what is shown of its output."""
    assert text.startswith("$ "), text
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, *rest = part.splitlines(keepends=True)
        while rest and rest[0].startswith("> "):
            command += rest.pop(0)[2:]
        yield command, "".join(rest)


@dataclass
class Step:
    """Commands of a document, from its line on."""
    line: int
    commands: str
    shown: str | None
    # Whether the first command that fails is the last one. A console goes on, as for people.
    ends_early: bool


class Script:
    """A document as steps of one shell."""

    def __init__(self, path, folder):
        self.folder, self.steps, self.not_run = folder, [], set()
        self.text = path.read_text()
        for block in BLOCK.finditer(self.text):
            self.line = self.text.count("\n", 0, block.start()) + 1
            text = block["hidden"] or re.sub(rf"^{block['indent']}", "", block["text"], flags=re.M)
            language = "sh" if block["hidden"] else block["language"]
            skipped = [start for start in NOT_RUN if text.startswith(start)]
            if skipped:
                self.not_run.update(skipped)
            elif language == "console":
                for command, shown in sessions(text):
                    self.add(command, shown, ends_early=False)
            elif language == "text":
                self.steps[-1].shown = text
            else:
                assert language, f"{path}:{self.line}: a block without a language"
                getattr(self, language)(text, self.text[:block.start()])

    def add(self, commands, shown=None, ends_early=True):
        self.steps.append(Step(self.line, commands, shown, ends_early))

    def write(self, name, text):
        (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (self.folder / name).write_text(text)

    def named_file(self, text, before):
        """The file that the line above names; it is there when the shell comes to it."""
        name = re.search(r"`([^`\s]+)`:?\n*\Z", before)[1]
        self.write(f"shown/{self.line}", text)
        self.add(f'mkdir -p "$(dirname {name})" && cp "$SHOWN/{self.line}" {name}')

    def sh(self, text, before):
        self.add(text)

    def python(self, text, before):
        name = f"test_{self.line}.py"
        self.write(name, text)
        if "def test_" in text:
            self.add(f"{sys.executable} -B -m pytest -q -p no:cacheprovider {name}", "…\n1 passed …\n")
        else:
            self.add(f"{sys.executable} -B -W error {name}")

    def cpp(self, text, before):
        name = f"main_{self.line}.cpp" if (self.folder / "main.cpp").exists() else "main.cpp"
        self.write(name, text)
        self.add(f"$CXX -std=c++23 -Wall -Wextra -Werror {name} $(pkg-config --cflags --libs xai_management)"
                 " -o program && ./program")

    def cmake(self, text, before):
        self.write(f"cmake_{self.line}/CMakeLists.txt", "cmake_minimum_required(VERSION 3.25)\nproject(app CXX)\n"
                   "enable_testing()\nset(CMAKE_CXX_STANDARD 23)\nadd_executable(app main.cpp)\n" + text)
        first = self.folder / "main.cpp"
        self.write(f"cmake_{self.line}/main.cpp", first.read_text() if first.exists() else "int main() {}\n")
        build = f"cmake_{self.line}/build"
        self.add(f"cmake -S cmake_{self.line} -B {build} && cmake --build {build}\n"
                 f"ctest --test-dir {build}" + (" --no-tests=error" if "add_test" in text else " && " + build + "/app"))

    def toml(self, text, before):
        self.write(f"shown/{self.line}", text)
        self.add(f'config=$(manage_xai config path)\nmkdir -p "$(dirname "$config")"\ncp "$SHOWN/{self.line}" "$config"\n'
                 "manage_xai config list\nmanage_xai whoami")

    def json(self, text, before):
        json.loads(text)
        self.named_file(text, before)

    def yaml(self, text, before):
        self.named_file(text, before)
        runs = re.findall(r"^( *)(?:- )?run: (?:\|\n((?:\1 +.*\n|\n)+)|(.*)\n)", text, re.M)
        assert runs, "no step"
        for _, lines, line in runs:
            self.add(re.sub(r"^ +", "", lines, flags=re.M) or line + "\n")

    def whole(self):
        script = "set -o pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || :' EXIT\n"
        for number, step in enumerate(self.steps):
            self.write(f"steps/{number}.sh", step.commands)
            script += (f'exec >"$STEPS/{number}.out" 2>&1\nset {"-" if step.ends_early else "+"}e\n'
                       f'. "$STEPS/{number}.sh"\n[ $? = 0 ] || exit\n: >"$STEPS/{number}.done"\n')
        return script


class DocumentsTest(unittest.TestCase):
    def run_document(self, path):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        others = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, what in STAND_INS.items():
            (others / name).write_text(f"#!/bin/sh\n{what}\n")
            (others / name).chmod(0o755)
        script = Script(path, folder)
        (folder / "script").write_text(script.whole())
        prefix = os.environ.get("XAI_STAGE", "") + "/moved"
        places = ":".join(str(place) for place in Path(prefix).rglob("pkgconfig"))
        environment = stage.clean_environment(
            PATH=f"{others}:{PROGRAMS}:/usr/bin:/bin", HOME=str(folder), CXX=os.environ.get("CXX", "g++"),
            STEPS=str(folder / "steps"), SHOWN=str(folder / "shown"), PKG_CONFIG_PATH=places,
            CMAKE_PREFIX_PATH=prefix, PREFIX=prefix, PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
            XAI_EMULATOR=f"{PROGRAMS}/xai_emulator")
        ran = stage.run(f"{PROGRAMS}/xai_emulator", "run", "--propagation", "0s", "--management-key", stage.KEY,
                        "--team-id", stage.TEAM, "--", "bash", folder / "script", cwd=folder, env=environment)
        for number, step in enumerate(script.steps):
            out = folder / "steps" / f"{number}.out"
            printed = out.read_text() if out.exists() else ran.stdout + ran.stderr
            where = f"{path.relative_to(ROOT)}:{step.line}:\n{step.commands}printed\n{printed}"
            self.assertTrue((folder / "steps" / f"{number}.done").exists(), "it failed: " + where)
            if step.shown is not None:
                self.assertTrue(matches(step.shown, printed), f"it did not print\n{step.shown}{where}")
            if "--secret-" in step.commands:
                self.assertNotRegex(printed, r"xai-\w{30}", "a secret: " + where)
        self.assertEqual(ran.returncode, 0, ran.stdout + ran.stderr)

    def test_what_is_not_run_is_shown_somewhere_and_run_elsewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            shown = set().union(*(Script(path, Path(folder)).not_run for path in TEXTS))
        self.assertEqual(shown, set(NOT_RUN))
        for start, (_, elsewhere) in NOT_RUN.items():
            if elsewhere:
                self.assertIn(start, (ROOT / elsewhere).read_text())

    def test_every_member_of_a_seed_is_documented(self):
        source = (ROOT / "src/emulator/seed.cpp").read_text()
        for members in re.findall(r"only_members\(\s*\w+,\s*\{(.*?)\}\)", source, re.S):
            for name in re.findall(r'"(\w+)"', members):
                self.assertIn(name, (ROOT / "docs/testing.md").read_text())

    def test_faults_of_the_cookbook(self):
        faults = re.findall(r"\| `(\{.*\})` \|", (ROOT / "docs/testing.md").read_text())
        self.assertGreaterEqual(len(faults), 12)
        with stage.emulator(PROGRAMS) as address:
            for fault in faults:
                stage.call(address, "POST", "/_emulator/faults", json.loads(fault))
            self.assertEqual(len(stage.call(address, "GET", "/_emulator/faults")["faults"]), len(faults))

    def test_links_lead_somewhere(self):
        for path in [*TEXTS, *ROOT.glob("*.md")]:
            for target, anchor in re.findall(r"\]\(([^)#\s:]*)(?:#([^)]*))?\)", path.read_text()):
                to = path.parent / target if target else path
                self.assertTrue(to.exists(), f"{path}: {target}")
                if anchor:
                    headings = re.findall(r"^#+ (.*)$", to.read_text(), re.M)
                    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
                    self.assertIn(anchor, anchors, f"{path}: {target}#{anchor}")


def add_tests():
    for path in TEXTS:
        name = "test_" + re.sub(r"\W", "_", str(path.relative_to(ROOT)).removesuffix(".md"))
        setattr(DocumentsTest, name, lambda self, path=path: self.run_document(path))


add_tests()
if __name__ == "__main__":
    unittest.main()
