"""Tests of your own against the emulator, with pytest: ``pytest examples/test_with_emulator.py``."""

import pytest

from xai_management import UnavailableError, XAIManagement

pytest_plugins = ["xai_management.pytest_plugin"]


def make_key_for(service: str, client: XAIManagement) -> str:
    """What is tested here: a key of that name, made once."""
    for key in client.all_api_keys():
        if key["name"] == service:
            return key["apiKeyId"]
    return client.create_api_key(service, ["api-key:model:*", "api-key:endpoint:chat"])["apiKeyId"]


def test_a_key_is_made_once(xai_emulator):
    with XAIManagement() as client:
        assert make_key_for("search", client) == make_key_for("search", client)
    assert [change["operation"] for change in xai_emulator.ledger()["commits"]] == ["createApiKey"]


def test_a_service_that_is_down_is_told(xai_emulator):
    xai_emulator.fault(path="/auth/*", status=503, times=0)
    with XAIManagement(max_retries=0) as client, pytest.raises(UnavailableError):
        make_key_for("search", client)
    assert xai_emulator.ledger()["commits"] == []
