#!/usr/bin/env python3
"""Measures the Python module against requests and against the C++ client, and prints ratios.

    bench/python_module.py [--build build/release] [--runs N]

What is compared runs interleaved; figures are medians. The folder needs a release build of the
module, the emulator and the library.
"""

import argparse
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = "/usr/bin/python3"
KEY = "xai-token-for-measuring-only"
TEAM = "c9a0c990-53e6-491e-8df7-b9f18e6983ac"
KEY_COUNT = 100


def seconds_of(command, environment):
    start = time.perf_counter()
    subprocess.run(command, env=environment, check=True, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def measure_imports(build, runs):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(build / "python")}
    scripts = {"nothing": "pass", "xai_management": "import xai_management", "requests": "import requests"}
    spans = {name: [] for name in scripts}
    for _ in range(runs + 2):
        for name in random.sample(list(scripts), len(scripts)):
            spans[name].append(seconds_of([PYTHON, "-c", scripts[name]], environment))
    # The first two wrote and read what Python keeps of its files.
    whole = {name: statistics.median(values[2:]) * 1e3 for name, values in spans.items()}
    ratio = (whole["requests"] - whole["nothing"]) / (whole["xai_management"] - whole["nothing"])
    with_start = whole["requests"] / whole["xai_management"]
    print(f"import                 {whole['xai_management']:.1f} ms, requests {whole['requests']:.1f} ms, "
          f"an interpreter that imports nothing {whole['nothing']:.1f} ms")
    return [("import, faster than requests, whole process", with_start, ">= 5", with_start >= 5),
            ("import, the same without the interpreter's start", ratio, "", True)]


@contextlib.contextmanager
def emulator(build):
    command = [build / "bin" / "xai_emulator", "--port", "0", "--management-key", KEY, "--team-id", TEAM]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def list_program(build, folder):
    program = Path(folder) / "list_keys"
    subprocess.run(["g++", "-std=c++23", "-O2", f"-I{ROOT / 'include'}", ROOT / "bench" / "list_keys.cpp",
                    build / "src" / "libxai_management.a", "-ldl", "-lpthread", "-o", program], check=True)
    return program


def measure_lists(build, runs):
    sys.path.insert(0, str(build / "python"))
    import requests
    import xai_management

    with emulator(build) as address, tempfile.TemporaryDirectory() as folder:
        client = xai_management.XAIManagement(KEY, TEAM, base_url=address)
        for key in client.list_api_keys(None)["apiKeys"]:
            client.delete_api_key(key["apiKeyId"])
        for number in range(KEY_COUNT):
            client.create_api_key(f"key {number}", tpm=100000)
        session = requests.Session()
        session.headers["Authorization"] = f"Bearer {KEY}"
        url = f"{address}/auth/teams/{TEAM}/api-keys"
        program = subprocess.Popen([list_program(build, folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                   text=True, env={**os.environ, "XAI_MANAGEMENT_KEY": KEY, "XAI_TEAM_ID": TEAM,
                                                   "XAI_MANAGEMENT_BASE_URL": address})

        def of_module():
            start = time.perf_counter_ns()
            keys = client.list_api_keys(page_size=KEY_COUNT)["apiKeys"]
            span = time.perf_counter_ns() - start
            assert len(keys) == KEY_COUNT
            return span

        def of_requests():
            start = time.perf_counter_ns()
            answer = session.get(url, params={"pageSize": KEY_COUNT, "paginationToken": ""}, timeout=30)
            answer.raise_for_status()
            keys = answer.json()["apiKeys"]
            span = time.perf_counter_ns() - start
            assert len(keys) == KEY_COUNT
            return span

        def of_client():
            print(file=program.stdin, flush=True)
            return int(program.stdout.readline())

        ways = {"module": of_module, "requests": of_requests, "client": of_client}
        spans = {name: [] for name in ways}
        for _ in range(runs + 5):
            for name in random.sample(list(ways), len(ways)):
                spans[name].append(ways[name]())
        program.communicate()
    medians = {name: statistics.median(values[5:]) / 1e6 for name, values in spans.items()}
    print(f"list_api_keys, {KEY_COUNT} keys {medians['module']:.2f} ms, requests {medians['requests']:.2f} ms, "
          f"the C++ client {medians['client']:.2f} ms")
    faster, slower = medians["requests"] / medians["module"], medians["module"] / medians["client"]
    return [("list_api_keys, faster than requests.Session", faster, ">= 2", faster >= 2),
            ("list_api_keys, time of the C++ client", slower, "<= 1.3", slower <= 1.3)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=Path, default=ROOT / "build" / "release")
    parser.add_argument("--runs", type=int, default=40)
    given = parser.parse_args()
    if Path(sys.executable).resolve() != Path(PYTHON).resolve():
        os.execv(PYTHON, [PYTHON, "-B", *sys.argv])
    build = given.build.resolve()
    rows = measure_imports(build, given.runs) + measure_lists(build, 10 * given.runs)
    print()
    for what, ratio, goal, is_met in rows:
        verdict = f"{goal:8}{'met' if is_met else 'MISSED'}" if goal else ""
        print(f"{what:50}{ratio:6.2f} x  {verdict}".rstrip())
    print(f"\nMedians of {given.runs} starts and {10 * given.runs} calls, interleaved; trust the ratios.")


if __name__ == "__main__":
    main()
