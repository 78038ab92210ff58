"""What a client is made of."""

import os
import unittest
from unittest import mock

from stage import KEY, TEAM
from xai_management import XAIManagement, XAIRegion, get_region_choices


class Construction(unittest.TestCase):
    def test_attributes_can_be_read(self):
        client = XAIManagement(KEY, TEAM, XAIRegion.EU_WEST_1, "https://example.com/prefix//")
        self.assertEqual(client.management_key, KEY)
        self.assertEqual(client.team_id, TEAM)
        self.assertEqual(client.base_url, "https://example.com/prefix")
        self.assertEqual(client.headers, {"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})
        self.assertIs(client.region, XAIRegion.EU_WEST_1)

    def test_defaults(self):
        client = XAIManagement(KEY, TEAM)
        self.assertEqual(client.base_url, "https://management-api.x.ai")
        self.assertIs(client.region, XAIRegion.AUTO)

    def test_regions_may_be_strings(self):
        self.assertIs(XAIManagement(KEY, TEAM, "us-west-2").region, XAIRegion.US_WEST_2)
        self.assertIs(XAIManagement(KEY, TEAM, "auto").region, XAIRegion.AUTO)
        self.assertEqual(XAIManagement(KEY, TEAM, "cloud9").region, "cloud9")

    def test_environment_fills_what_is_not_given(self):
        variables = {"XAI_MANAGEMENT_KEY": "from-environment", "XAI_TEAM_ID": "team-of-environment",
                     "XAI_API_REGION": "us-east-1", "XAI_MANAGEMENT_BASE_URL": "https://example.com/"}
        with mock.patch.dict(os.environ, variables):
            client = XAIManagement()
            given = XAIManagement(KEY, TEAM, XAIRegion.AUTO, "https://example.org")
        self.assertEqual((client.management_key, client.team_id, client.region, client.base_url),
                         ("from-environment", "team-of-environment", "us-east-1", "https://example.com"))
        self.assertEqual((given.management_key, given.team_id, given.region, given.base_url),
                         (KEY, TEAM, "api", "https://example.org"))

    def test_the_other_name_of_the_key_is_second(self):
        with mock.patch.dict(os.environ, {"XAI_MANAGEMENT_API_KEY": "second"}):
            self.assertEqual(XAIManagement(team_id=TEAM).management_key, "second")
            with mock.patch.dict(os.environ, {"XAI_MANAGEMENT_KEY": " first\n"}):
                with self.assertWarnsRegex(UserWarning, "differ") as caught:
                    self.assertEqual(XAIManagement(team_id=TEAM).management_key, "first")
        self.assertEqual(caught.filename, __file__)

    def test_no_key_is_a_value_error(self):
        for key in (None, "", "  "):
            with self.assertRaisesRegex(ValueError, "XAI_MANAGEMENT_KEY"):
                XAIManagement(key, TEAM)

    def test_blanks_around_a_pasted_key_do_not_count(self):
        for pasted in (KEY + "\n", " \t" + KEY + "\r\n"):
            self.assertEqual(XAIManagement(pasted, TEAM).management_key, KEY)

    def test_region_choices(self):
        self.assertEqual(get_region_choices(), ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-1", "api"])


if __name__ == "__main__":
    unittest.main()
