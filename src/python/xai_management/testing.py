"""The emulator in tests: starts ``xai_emulator``, and leads clients and programs to it.

    from xai_management.testing import Emulator

    with Emulator() as emulator, emulator.client() as client:
        client.create_api_key("app", ["api-key:model:*", "api-key:endpoint:*"])
        emulator.fault(method="GET", status=503)

With pytest, ``pytest_plugins = ["xai_management.pytest_plugin"]`` in conftest.py gives the fixture
``xai_emulator``.
"""

import json
import os
import secrets
import shutil
import subprocess
import urllib.request
import uuid
from typing import Any, Dict, Optional

from . import XAIManagement

__all__ = ["Emulator"]


class Emulator:
    """A running emulator with a state of its own, which ends with ``close()`` or its block.

    options: of the command line, such as ``"--propagation", "0s"``; see ``xai_emulator --help``.
    program: else the variable XAI_EMULATOR, else ``xai_emulator`` in PATH.
    Raises FileNotFoundError where there is no such program, and RuntimeError, with what it said, where
    it does not start.
    """

    def __init__(self, *options: str, program: Optional[str] = None) -> None:
        program = program or os.environ.get("XAI_EMULATOR") or shutil.which("xai_emulator")
        if not program:
            raise FileNotFoundError("there is no xai_emulator in PATH; set XAI_EMULATOR to it")
        self.management_key = f"xai-token-{secrets.token_hex(16)}"
        self.team_id = str(uuid.uuid4())
        self._process = subprocess.Popen(
            [program, "--port", "0", "--management-key", self.management_key, "--team-id", self.team_id, *options],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        assert self._process.stdout is not None and self._process.stderr is not None
        self.address = self._process.stdout.readline().strip()
        if not self.address:
            words = self._process.stderr.read().strip()
            self.close()
            raise RuntimeError(words or "the emulator did not start")

    @property
    def environment(self) -> Dict[str, str]:
        """The variables that lead ``manage_xai`` and every client to it."""
        return {
            "XAI_MANAGEMENT_KEY": self.management_key,
            "XAI_TEAM_ID": self.team_id,
            "XAI_MANAGEMENT_BASE_URL": self.address,
            "XAI_INFERENCE_BASE_URL": f"{self.address}/_emulator/clusters/{{region}}",
        }

    def client(self, **options: Any) -> XAIManagement:
        """A client of it; ``options`` as XAIManagement has them."""
        return XAIManagement(management_key=self.management_key, team_id=self.team_id, base_url=self.address, **options)

    def fault(self, **members: Any) -> None:
        """Lets calls to come go wrong: ``fault(path="/auth/*", status=503, times=2)``.

        The members are those of ``POST /_emulator/faults``; see ``xai_emulator --help``.
        """
        self.control("POST", "faults", members)

    def clear_faults(self) -> None:
        """Lets all go well again."""
        self.control("DELETE", "faults")

    def advance(self, span: str) -> None:
        """Moves its clock on, by ``"90s"`` or ``"24h"``."""
        self.control("POST", "clock", {"advance": span})

    def set_state(self, **members: Any) -> None:
        """Changes what the team can do: ``set_state(outOfCredit=True)``; see ``xai_emulator --help``."""
        self.control("POST", "state", members)

    def ledger(self) -> Dict[str, Any]:
        """What really happened: ``commits``, a list of every change, and ``requests`` by operation."""
        ledger: Dict[str, Any] = self.control("GET", "ledger")
        return ledger

    def control(self, method: str, name: str, body: Any = None) -> Any:
        """One call of ``/_emulator/NAME``; its answer."""
        request = urllib.request.Request(
            f"{self.address}/_emulator/{name}", method=method,
            data=None if body is None else json.dumps(body).encode(), headers={"Content-Type": "application/json"})
        # Proxies are for addresses elsewhere.
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            return json.loads(answer.read() or b"null")

    def close(self) -> None:
        """Ends it; nothing, when it has ended."""
        self._process.terminate()
        self._process.communicate()

    def __enter__(self) -> "Emulator":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
