"""A copy of the tree below build/mutants in which every change waits to be turned on."""

import shutil
import subprocess
import sys

# Read once, from a place that programs with an empty environment know as well.
HEADER = """#pragma once
#include <cstdio>
inline bool xai_mutant(long number) {
  static const long active = [] {
    long read = 0;
    if (std::FILE* const file = std::fopen("%s", "r")) {
      if (std::fscanf(file, "%%ld", &read) != 1) read = 0;
      std::fclose(file);
    }
    return read;
  }();
  return active == number;
}
"""
SETTINGS = ["-DXAI_BENCH=OFF", "-DXAI_PYTHON=OFF", "-DCMAKE_UNITY_BUILD=ON",
            "-DCMAKE_UNITY_BUILD_BATCH_SIZE=6",
            # Changed code may well have unused names and the like.
            "-DCMAKE_CXX_FLAGS_DEBUG=-g0 -w"]


def choice(change, old, new):
    """The old text and the new one behind their question; `$on` in the new text is the question."""
    on = f"xai_mutant({change.number})"
    if "$on" in new:
        return new.replace("$on", on)
    if change.is_statement:
        return f"if ({on}) {{ {new}\n}} else {{ {old}\n}}"
    return f"({on} ? ({new}) : ({old}))"


def changed(text, changes):
    """The text of a file with all its changes. One may lie within another, which then has it, too."""
    waiting = [[change, change.old, change.new] for change in sorted(changes, key=lambda one: len(one.old))]
    while waiting:
        change, old, new = waiting.pop(0)
        if text.count(old) != 1:
            sys.exit(f"mutants: {change.id} overlaps with another change without lying within it")
        made = choice(change, old, new)
        text = text.replace(old, made)
        for outer in waiting:
            if old in outer[1]:
                outer[1] = outer[1].replace(old, made)
                outer[2] = outer[2].replace(old, made)
    return '#include "mutant.h"\n' + text


class Copy:
    def __init__(self, root, changes):
        self.root = root
        self.folder = root / "build/mutants"
        self.tree = self.folder / "tree"
        self.build_folder = self.folder / "build"
        self.programs = self.build_folder / "bin"
        self.active = self.folder / "active"
        self.by_file = {}
        for change in changes:
            self.by_file.setdefault(change.file, []).append(change)

    def turn_on(self, change):
        self.active.write_text(f"{change.number if change else 0}\n")

    def build(self):
        self.folder.mkdir(parents=True, exist_ok=True)
        self.turn_on(None)
        self.lay_out()
        settings = list(SETTINGS)
        if shutil.which("ccache"):
            settings.append("-DCMAKE_CXX_COMPILER_LAUNCHER=ccache")
        self.run("cmake", "--preset", "dev", "-B", str(self.build_folder), *settings)
        self.run("cmake", "--build", str(self.build_folder), "--parallel")

    def lay_out(self):
        """Writes what differs only, so that little is built anew."""
        listed = subprocess.run(["git", "ls-files", "--cached", "--others", "--exclude-standard"],
                                cwd=self.root, capture_output=True, text=True, check=True)
        wanted = {name for name in listed.stdout.splitlines() if (self.root / name).is_file()}
        for path in self.tree.rglob("*"):
            if path.is_file() and str(path.relative_to(self.tree)) not in wanted:
                path.unlink()
        for name in wanted:
            content = (self.root / name).read_bytes()
            if name in self.by_file:
                content = changed(content.decode(), self.by_file[name]).encode()
            self.write(name, content, (self.root / name).stat().st_mode)
        self.write("src/mutant.h", (HEADER % self.active).encode(), 0o644)

    def write(self, name, content, mode):
        path = self.tree / name
        if path.is_file() and path.read_bytes() == content:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(mode)

    def run(self, *words):
        done = subprocess.run(words, cwd=self.tree, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.STDOUT, text=True, check=False)
        if done.returncode != 0:
            sys.exit(done.stdout[-8000:] + f"\nmutants: the changed tree cannot be built ({words[1]})")
