"""For pytest: in conftest.py, ``pytest_plugins = ["xai_management.pytest_plugin"]``."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .testing import Emulator

__all__ = ["xai_emulator", "xai_emulator_options"]


@pytest.fixture
def xai_emulator_options() -> Sequence[str]:
    """The options of the emulator; a fixture of that name in a test's own file takes its place."""
    return ("--propagation", "0s")


@pytest.fixture
def xai_emulator(
    xai_emulator_options: Sequence[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Iterator[Emulator]:
    """An emulator for one test, to which the environment leads: ``XAIManagement()`` is its client.

    No other setting of xAI tools and no proxy is left, and records lie in a folder of the test.
    """
    with Emulator(*xai_emulator_options) as emulator:
        for name in list(os.environ):
            if name.startswith("XAI_") or name.lower().endswith("_proxy"):
                monkeypatch.delenv(name)
        for name, value in emulator.environment.items():
            monkeypatch.setenv(name, value)
        for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME"):
            monkeypatch.setenv(name, str(tmp_path / name.lower()))
        yield emulator
