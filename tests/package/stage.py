"""What the tests of installed programs share: an emulator, and settings that lead to it."""

import contextlib
import json
import os
import subprocess
import urllib.request

KEY = "xai-token-of-a-test"
TEAM = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"
LIMIT_SECONDS = 60


def clean_environment(**more):
    """Ours without a setting of the tools, plus what is given."""
    kept = {name: value for name, value in os.environ.items()
            if not name.startswith("XAI_") and not name.lower().endswith("_proxy")}
    return {**kept, "LC_ALL": "C.UTF-8", **more}


def settings(address):
    return clean_environment(XAI_MANAGEMENT_KEY=KEY, XAI_TEAM_ID=TEAM,
                             XAI_MANAGEMENT_BASE_URL=address, XAI_INFERENCE_BASE_URL=address)


@contextlib.contextmanager
def emulator(programs):
    """Yields the address of an emulator that ends with the block."""
    command = [f"{programs}/xai_emulator", "--port", "0", "--management-key", KEY, "--team-id", TEAM]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        address = process.stdout.readline().strip()
        if not address.startswith("http"):
            raise RuntimeError(f"the emulator did not start: {address!r}")
        yield address
    finally:
        process.terminate()
        process.wait(LIMIT_SECONDS)
        process.stdout.close()


def call(address, method, target, body=None):
    """One call of the emulator, as JSON."""
    request = urllib.request.Request(
        address + target, method=method, data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"})
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=LIMIT_SECONDS) as answer:
        return json.loads(answer.read() or b"{}")


def run(*command, timeout=280, **options):
    """Runs to the end and returns exit code and texts; never raises for a code."""
    return subprocess.run([str(word) for word in command], capture_output=True, text=True,
                          timeout=timeout, check=False, stdin=subprocess.DEVNULL, **options)
