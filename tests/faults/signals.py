"""Row 7: SIGINT and SIGTERM while the management key is fetched, before the request, while its
answer is awaited, while the clusters are waited for, and while the secret is handed over; once, and
twice."""

import contextlib
import os
import signal
from pathlib import Path

from cells import Cell
from judge import Trial, judge
from reuse import words as words_with_look
from stage import wait_until

SIGNALS = {"int": (signal.SIGINT, 130), "term": (signal.SIGTERM, 143)}
OTHER = {signal.SIGINT: signal.SIGTERM, signal.SIGTERM: signal.SIGINT}


def requests(stage, operation=None):
    counts = stage.emulator.ledger()["requests"]
    return counts.get(operation, 0) if operation else sum(counts.values())


def is_running(pid):
    """Whether a process lives that is not merely waited for."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    return False


def check_last_words(trial, ran):
    """A write may be on its way: what tells of it is named, and for a secret that is `recover`."""
    teller = "recover" if trial.operation.mints else "list-keys"
    if f"`manage_xai {teller}`" not in ran.err:
        trial.found("message", f"ended at once, and {teller} is not named: {ran.err!r}")


def play_fetching(operation, number, code, is_shared):
    """The key_command hangs; a terminal gives a signal to it too."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            started = stage.work / "started"
            config = stage.folder / ".config" / "xai-management" / "config.toml"
            config.parent.mkdir(parents=True)
            config.write_text("[profiles.slow]\nkey_command = "
                              "['sh', '-c', 'echo $$ > begun; mv begun started; exec sleep 600']\n")
            config.chmod(0o600)
            before = requests(stage)
            running = trial.start("--profile", "slow")
            if not wait_until(started.exists):
                trial.found("broken", "the key_command never began")
            child = int(started.read_text())
            if is_shared:
                os.kill(child, number)
            os.kill(running.pid, number)
            ran = running.wait()
            if requests(stage) > before:
                trial.found("code", "something was sent after the signal")
            if not wait_until(lambda: not is_running(child)):
                trial.found("leftover", "the key_command still runs")
            return judge(trial, ran, {code})
    return played


def play_before(operation, number, code):
    """The look-up before the request is under way."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            stage.emulator.add_fault(method="GET", path="/auth/*", delay="2s")
            before = requests(stage)
            running = stage.start(*words_with_look(trial))
            if not wait_until(lambda: requests(stage) > before):
                trial.found("broken", "the look-up never came")
            os.kill(running.pid, number)
            ran = running.wait()
            if trial.commits():
                trial.found("code", "the request was sent after the signal")
            return judge(trial, ran, {code})
    return played


def play_in_flight(operation, number, code, when, is_twice, words=()):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            trial.add_fault(when=when, delay="700ms")
            running = trial.until_request(lambda: trial.start(*words))
            os.kill(running.pid, number)
            if is_twice:
                os.kill(running.pid, OTHER[number])
            ran = running.wait()
            if not is_twice and not trial.commits():
                trial.found("code", "the request was given up although it was under way")
            if is_twice:
                check_last_words(trial, ran)
            # Two signals at once come in either order.
            return judge(trial, ran, {130, 143} if is_twice else {code})
    return played


def play_waiting(operation, number, code):
    """Clusters learn of the key only in an hour."""
    def played(workshop):
        with workshop.stage("--propagation", "1h") as stage:
            trial = Trial(stage, operation)
            running = trial.start("--wait=50s")
            if not wait_until(lambda: requests(stage, "checkApiKeyPropagation") > 0):
                trial.found("broken", "nothing was waited for")
            os.kill(running.pid, number)
            ran = running.wait()
            stage.emulator.call("POST", "/_emulator/clock", {"advance": "2h"})
            return judge(trial, ran, {code})
    return played


def play_delivering(operation, number, code, is_twice):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            gate, started = stage.work / "gate", stage.work / "started"
            os.mkfifo(gate)
            running = trial.start("--secret-command", "cat > app.key; : > started; cat gate")
            if not wait_until(started.exists):
                trial.found("broken", "the command never began")
            os.kill(running.pid, number)
            if is_twice:
                os.kill(running.pid, OTHER[number])
                ran = running.wait()
            # Opening lets the command go on, whoever started it.
            gate.open("w").close()
            if not is_twice:
                ran = running.wait()
            if is_twice:
                check_last_words(trial, ran)
            file = stage.work / "app.key"
            return judge(trial, ran, {130, 143} if is_twice else {code}, file.read_bytes(), file)
    return played


def signals_cells(programs, operation, is_long):
    for name, (number, code) in SIGNALS.items():
        def cell(stage_name, play, seconds=1):
            return Cell(f"{operation.name}/signals/{stage_name}-{name}", play, seconds)

        for is_shared in (False, True):
            yield cell("fetching-shared" if is_shared else "fetching",
                       play_fetching(operation, number, code, is_shared))
        yield cell("before", play_before(operation, number, code))
        for when in ("before", "after"):
            for is_twice in (False, True):
                yield cell(f"{'twice-' if is_twice else ''}in-flight-{when}",
                           play_in_flight(operation, number, code, when, is_twice))
            yield cell(f"twice-json-in-flight-{when}",
                       play_in_flight(operation, number, code, when, True, ("--output", "json")))
        if operation.mints:
            yield cell("waiting", play_waiting(operation, number, code))
            yield cell("delivering", play_delivering(operation, number, code, False))
            yield cell("twice-delivering", play_delivering(operation, number, code, True))
