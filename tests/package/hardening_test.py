"""Reads off the built programs that they were hardened. XAI_PROGRAMS is where they are."""

import os
import re
import unittest
from pathlib import Path

import stage

PROGRAMS = Path(os.environ["XAI_PROGRAMS"])
SYSTEM = dict(line.split("=", 1) for line in Path("/etc/os-release").read_text().splitlines() if "=" in line)


def readelf(*words):
    return stage.run("readelf", "--wide", *words).stdout


class HardeningTest(unittest.TestCase):
    def each(self):
        return [PROGRAMS / name for name in ("manage_xai", "xai_emulator")]

    def test_programs_are_position_independent(self):
        for program in self.each():
            self.assertRegex(readelf("--file-header", program), r"Type:\s+DYN")

    def test_tables_are_read_only_once_all_is_bound(self):
        for program in self.each():
            self.assertIn("GNU_RELRO", readelf("--program-headers", program))
            self.assertRegex(readelf("--dynamic", program), r"BIND_NOW|FLAGS_1.*NOW")

    def test_no_memory_is_both_written_to_and_run(self):
        for program in self.each():
            headers = readelf("--program-headers", program)
            self.assertRegex(headers, r"GNU_STACK.* RW ")
            self.assertFalse(re.findall(r"LOAD.* RWE ", headers))

    def test_stacks_are_guarded_and_calls_fortified(self):
        for program in self.each():
            symbols = readelf("--dyn-syms", program)
            self.assertIn("__stack_chk_fail", symbols)
            self.assertRegex(symbols, r"__\w+_chk@")

    @unittest.skipUnless(SYSTEM.get("VERSION_ID") == '"12"', "what is to run on older systems is built on Debian 12")
    def test_no_c_library_newer_than_2_34_is_needed(self):
        for program in self.each():
            versions = re.findall(r"Name: GLIBC_2\.(\d+)", readelf("--version-info", program))
            self.assertLessEqual(max(map(int, versions)), 34, program)

    def test_the_compilers_libraries_are_carried(self):
        for program in self.each():
            self.assertNotRegex(readelf("--dynamic", program), r"NEEDED.*(libstdc\+\+|libgcc)")

    def test_libraries_are_found_where_the_system_has_them(self):
        for program in self.each():
            self.assertNotRegex(readelf("--dynamic", program), r"R(UN)?PATH")


if __name__ == "__main__":
    unittest.main()
