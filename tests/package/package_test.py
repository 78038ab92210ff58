"""Uses the installed tree below $XAI_STAGE/moved as its users do, with the compiler $CXX."""

import os
import re
import shutil
import tempfile
import unittest
from pathlib import Path

import stage

HERE = Path(__file__).resolve().parent
CONSUMER = HERE / "consumer"
WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"]
# Where a compiler and its standard library live; /usr/include/*.h is libc.
STANDARD = re.compile(r"/usr/(include/(c\+\+|[\w-]+-linux-gnu|linux|asm\w*(-generic)?)/|include/[\w-]+\.h$|lib/)")


class PackageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.stage = Path(os.environ["XAI_STAGE"])
        cls.prefix = cls.stage / "moved"
        cls.compiler = os.environ["CXX"]

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))

    def check_run(self, *command, **options):
        done = stage.run(*command, **options)
        self.assertEqual(done.returncode, 0, f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def from_pkg_config(self, *arguments):
        places = [str(folder) for folder in self.prefix.rglob("pkgconfig")]
        environment = stage.clean_environment(PKG_CONFIG_PATH=":".join(places))
        return self.check_run("pkg-config", *arguments, "xai_management", env=environment).split()

    def compile(self, source, *flags):
        """Compiles and links one file by hand; returns the program."""
        program = self.folder / "program"
        self.check_run(self.compiler, "-std=c++23", *WARNINGS, source, "-o", program, *flags,
                       *self.from_pkg_config("--cflags", "--libs"))
        return program

    def build_by_cmake(self, source, *settings):
        build = self.folder / "build"
        self.check_run("cmake", "-S", source, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}",
                       f"-DCMAKE_CXX_COMPILER={self.compiler}",
                       f"-DCMAKE_CXX_FLAGS={' '.join(WARNINGS)}", *settings)
        self.check_run("cmake", "--build", build, "--parallel", "2")
        return build

    def run_with_emulator(self, program):
        with stage.emulator(self.prefix / "bin") as address:
            return self.check_run(program, env=stage.settings(address))

    def test_the_tree_is_whole_and_names_no_place(self):
        def is_there(pattern):
            self.assertTrue(list(self.prefix.glob(pattern)), pattern)

        for pattern in ("bin/manage_xai", "bin/xai_emulator", "include/xai/management/client.h",
                        "lib*/**/libxai_management.a", "lib*/**/xai_managementConfigVersion.cmake",
                        "share/doc/xai_management/LICENSE", "share/doc/xai_management/README.md",
                        "share/doc/xai_management/docs/manual/commands.md",
                        "share/doc/xai_management/examples/threads.cpp"):
            is_there(pattern)
        self.assertFalse(list((self.prefix / "include").rglob("*.cpp")))
        places = [str(self.stage), str(HERE.parents[1])]
        for file in self.prefix.rglob("*"):
            if file.suffix in {".cmake", ".pc", ".h"}:
                self.assertFalse([place for place in places if place in file.read_text()], file)
        version = self.check_run(self.prefix / "bin" / "manage_xai", "--version")
        self.assertIn(self.from_pkg_config("--modversion")[0], version)

    def test_every_header_compiles_alone(self):
        includes = self.prefix / "include"
        for header in sorted(includes.rglob("*.h")):
            rules = self.folder / "alone.d"
            # Twice: a header that lacks its guard is found as well.
            self.check_headers(self.compiler, [header] * 2, "-MD", "-MF", rules)
            seen = rules.read_text().replace("\\\n", " ").split(":", 1)[1].split()
            strangers = [file for file in map(os.path.realpath, seen)
                         if not file.startswith((str(includes.resolve()), str(self.folder.resolve())))
                         and not STANDARD.match(file)]
            self.assertEqual(strangers, [], header)

    def test_all_headers_compile_with_clang(self):
        self.check_headers(os.environ["XAI_CLANG"], sorted((self.prefix / "include").rglob("*.h")))

    def check_headers(self, compiler, headers, *more):
        includes = self.prefix / "include"
        source = self.folder / "headers.cpp"
        source.write_text("".join(f'#include "{header.relative_to(includes)}"\n' for header in headers))
        self.check_run(compiler, "-std=c++23", f"-I{includes}", *WARNINGS, "-fsyntax-only", *more, source)

    def test_consumer_by_find_package(self):
        build = self.build_by_cmake(CONSUMER)
        self.assertEqual(self.run_with_emulator(build / "consumer"), f"team {stage.TEAM}\n")
        other = self.folder / "other"
        shutil.copytree(CONSUMER, other)
        text = (other / "CMakeLists.txt").read_text()
        (other / "CMakeLists.txt").write_text(text.replace("xai_management 0.1", "xai_management 99"))
        refused = stage.run("cmake", "-S", other, "-B", self.folder / "refused",
                            f"-DCMAKE_PREFIX_PATH={self.prefix}")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn('requested version "99"', refused.stderr)

    def test_consumer_by_pkg_config(self):
        program = self.compile(CONSUMER / "main.cpp")
        self.assertEqual(self.run_with_emulator(program), f"team {stage.TEAM}\n")

    def test_consumer_with_its_own_boost_json(self):
        library = next(self.prefix.rglob("libxai_management.a"))
        program = self.compile(CONSUMER / "own_boost_json.cpp",
                               "-Wl,--whole-archive", library, "-Wl,--no-whole-archive")
        self.assertEqual(self.check_run(program), '{"keys":0}\n')

    def test_shared_library_around_all_of_it(self):
        """Position independent, and nothing is missing but what the package names."""
        library = next(self.prefix.rglob("libxai_management.a"))
        self.check_run(self.compiler, "-shared", "-o", self.folder / "all.so", "-Wl,-z,text,-z,defs",
                       "-Wl,--whole-archive", library, "-Wl,--no-whole-archive",
                       *self.from_pkg_config("--libs"))

    def test_examples_build_by_themselves(self):
        examples = self.build_by_cmake(self.prefix / "share/doc/xai_management/examples")
        environment = stage.clean_environment(XAI_EXAMPLES=str(examples),
                                              XAI_PROGRAMS=str(self.prefix / "bin"))
        self.check_run("python3", "-B", HERE / "examples_test.py", env=environment)


if __name__ == "__main__":
    unittest.main()
