"""No key in what Python prints about our objects, errors and frames."""

import traceback
import unittest

from stage import KEY, TEAM, EmulatorCase, run_script
from xai_management import XAIManagement, _core

CANARY = "canary"


class Secrets(EmulatorCase):
    def assert_clean(self, text):
        self.assertNotIn(CANARY, text)
        self.assertNotIn(KEY[:16], text)

    def trace_with_locals(self, call):
        try:
            call()
        except Exception as error:
            # The frames of this test hold what it passed; ours must not.
            ours = traceback.TracebackException.from_exception(error, capture_locals=True)
            lines = [str(frame.locals) for each in (ours, ours.__cause__, ours.__context__) if each
                     for frame in each.stack if "xai_management" in frame.filename]
            self.assertTrue(lines)
            return "".join(lines) + str(error) + repr(error) + repr(vars(error)) + "".join(ours.format_exception_only())
        raise AssertionError("nothing was raised")

    def test_objects(self):
        client = self.client()
        self.assertIn(TEAM, repr(client))
        for thing in (client, vars(client), client._client, client.headers, f"{client.headers}",
                      _core.Secret(KEY), [_core.Secret(KEY)]):
            self.assert_clean(repr(thing))
            self.assert_clean(str(thing))

    def test_failed_calls(self):
        wrong = XAIManagement("xai-token-canary-wrong", TEAM, base_url=self.emulator.address)
        self.assert_clean(self.trace_with_locals(wrong.list_api_keys))
        self.assert_clean(self.trace_with_locals(lambda: self.client().delete_api_key("..")))
        self.assert_clean(self.trace_with_locals(lambda: self.client(
            management_key="xai-token-canary-wrong", team_id=None)))

    def test_an_answer_that_repeats_the_key(self):
        self.fault(status=403, body={"message": f"the key {KEY} may not"})
        self.assert_clean(self.trace_with_locals(self.client().list_api_keys))

    def test_an_api_key_that_is_refused(self):
        client = self.client()
        self.assert_clean(self.trace_with_locals(lambda: client.get_api_key_info("xai-canary\nkey")))

    def test_keys_that_are_no_text(self):
        client = self.client()
        for key in (b"xai-canary", ["xai-canary"], "xai-canary\ud800"):
            for call in (lambda: client.get_api_key_info(key), lambda: XAIManagement(key, TEAM)):
                with self.assertRaises((TypeError, ValueError)) as caught:
                    call()
                self.assert_clean(str(caught.exception) + repr(caught.exception))

    def test_a_script_that_dies(self):
        run = run_script("from xai_management import XAIManagement\n"
                         "XAIManagement().list_api_keys()",
                         environment={"XAI_MANAGEMENT_KEY": "xai-token-canary-wrong", "XAI_TEAM_ID": TEAM,
                                      "XAI_MANAGEMENT_BASE_URL": self.emulator.address})
        self.assertIn("HTTP 401", run.stderr)
        self.assert_clean(run.stderr)


if __name__ == "__main__":
    unittest.main()
