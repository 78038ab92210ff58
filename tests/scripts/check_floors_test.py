"""Plants breaches in a small house of its own and expects each to be found."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "scripts"))
import check_floors


class CheckFloorsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.plant("include/xai/management/result.h", "#include <expected>\n")
        self.plant("include/xai/management/client.h", '#include "xai/management/result.h"\n')
        self.plant("src/base/clock.h", "#include <chrono>\nnamespace xai::base {}\n")

    def plant(self, name, text):
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def breaches(self):
        return check_floors.check(self.root)

    def assert_breach(self, name, include, words):
        self.plant(name, f"{include}\n")
        breaches = self.breaches()
        self.assertEqual(len(breaches), 1, breaches)
        self.assertIn(f"{name}:1: ", breaches[0])
        self.assertIn(words, breaches[0])

    def assert_fine(self, name, *lines):
        self.plant(name, "\n".join(lines) + "\n")
        self.assertEqual(self.breaches(), [])

    def test_a_sound_house_has_no_breach(self):
        self.assertEqual(self.breaches(), [])

    def test_down_and_within_a_room_are_fine(self):
        self.assert_fine("src/wire/codec.cpp", '#include "json/value.h"', '#include "base/clock.h"',
                         '#include "wire/codec.h"', '#include "xai/management/result.h"')

    def test_cli_may_include_json(self):
        self.assert_fine("src/cli/app.cpp", '#include "json/value.h"', '#include "client/send.h"')

    def test_up_is_a_breach(self):
        self.assert_breach("src/base/clock.cpp", '#include "json/value.h"', "base may not include json")

    def test_http_and_json_do_not_see_each_other(self):
        self.assert_breach("src/http/x.cpp", '#include "json/value.h"', "http may not include json")

    def test_wire_does_not_see_http(self):
        self.assert_breach("src/wire/x.cpp", '#include "http/retry.h"', "wire may not include http")

    def test_cli_and_emulator_do_not_see_each_other(self):
        self.assert_breach("src/cli/x.cpp", '#include "emulator/router.h"', "cli may not include emulator")

    def test_emulator_does_not_see_cli(self):
        self.assert_breach("src/emulator/x.cpp", '#include "cli/app.h"', "emulator may not include cli")

    def test_emulator_does_not_see_client(self):
        self.assert_breach("src/emulator/x.cpp", '#include "client/send.h"', "may not include client")

    def test_cli_does_not_see_http(self):
        self.assert_breach("src/cli/x.cpp", '#include "http/retry.h"', "cli may not include http")

    def test_the_client_header_is_not_for_everybody(self):
        self.assert_breach("src/emulator/x.cpp", '#include "xai/management/client.h"', "belongs to")

    def test_the_umbrella_header_names_every_public_one(self):
        self.plant("include/xai/management/error.h", "#pragma once\n")
        self.plant("include/xai/management.h", '#include "xai/management/error.h"\n')
        self.plant("include/xai/management/extra.h", "#pragma once\n")
        self.assertIn("leaves out xai/management/extra.h", "\n".join(self.breaches()))

    def test_the_client_header_is_for_client_and_cli(self):
        self.assert_fine("src/cli/x.cpp", '#include "xai/management/client.h"')
        self.assert_fine("src/client/x.cpp", '#include "xai/management/client.h"')

    def test_third_parties_are_wrapped(self):
        self.assert_breach("src/wire/x.cpp", "#include <boost/json.hpp>", "no business")

    def test_curl_is_for_the_curl_files_only(self):
        self.assert_fine("src/http/curl_transport.cpp", "#include <curl/curl.h>")
        self.assert_breach("src/http/retry.cpp", "#include <curl/curl.h>", "no business")

    def test_json_may_not_name_other_parts_of_boost(self):
        self.assert_breach("src/json/x.cpp", "#include <boost/asio.hpp>", "no business")

    def test_an_unknown_library_is_a_breach(self):
        self.assert_breach("src/client/x.cpp", "#include <nlohmann/json.hpp>", "no business")

    def test_fmt_is_for_source_files_only(self):
        self.assert_fine("src/client/x.cpp", "#include <fmt/format.h>")
        self.assert_breach("src/client/x.h", "#include <fmt/format.h>", "no business")

    def test_a_public_header_shows_no_third_party(self):
        self.assert_breach("include/xai/management/x.h", "#include <curl/curl.h>", "standard library")

    def test_a_public_header_shows_no_room(self):
        self.assert_breach("include/xai/management/x.h", '#include "base/clock.h"', "standard library")

    def test_a_public_header_shows_no_system_header(self):
        self.assert_breach("include/xai/management/x.h", "#include <unistd.h>", "standard library")

    def test_a_new_folder_is_not_a_room_by_itself(self):
        self.plant("src/common/x.cpp", "#include <string>\n")
        self.assertIn("common is not a room", self.breaches()[0])

    def test_an_include_without_its_room_is_a_breach(self):
        self.assert_breach("src/cli/x.cpp", '#include "app.h"', "is in no room")

    def test_a_namespace_is_its_room(self):
        self.plant("src/wire/x.h", "namespace xai::json {\n}\n")
        self.assertIn("namespace xai::json in a header of xai::wire", self.breaches()[0])

    def test_spaces_do_not_hide_an_include(self):
        self.assert_breach("src/base/x.cpp", '  #  include   "cli/app.h"', "base may not include cli")


if __name__ == "__main__":
    unittest.main()
