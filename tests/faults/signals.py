"""Row 7: SIGINT and SIGTERM before the request, while its answer is awaited, while the clusters
are waited for, and while the secret is handed over; once, and twice."""

import os
import signal

from cells import Cell
from judge import Trial, judge
from reuse import words as words_with_look
from stage import wait_until

SIGNALS = {"int": (signal.SIGINT, 130), "term": (signal.SIGTERM, 143)}
OTHER = {signal.SIGINT: signal.SIGTERM, signal.SIGTERM: signal.SIGINT}


def requests(stage, operation=None):
    counts = stage.emulator.ledger()["requests"]
    return counts.get(operation, 0) if operation else sum(counts.values())


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


def play_in_flight(operation, number, code, when, is_twice):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            trial.add_fault(when=when, delay="700ms")
            running = trial.until_request(trial.start)
            os.kill(running.pid, number)
            if is_twice:
                os.kill(running.pid, OTHER[number])
            ran = running.wait()
            if not is_twice and not trial.commits():
                trial.found("code", "the request was given up although it was under way")
            # Two signals at once come in either order.
            return judge(trial, ran, {130, 143} if is_twice else {code}, is_cut_short=is_twice)
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
            file = stage.work / "app.key"
            return judge(trial, ran, {130, 143} if is_twice else {code}, file.read_bytes(), file,
                         is_cut_short=is_twice)
    return played


def signals_cells(programs, operation, is_long):
    for name, (number, code) in SIGNALS.items():
        def cell(stage_name, play, seconds=1):
            return Cell(f"{operation.name}/signals/{stage_name}-{name}", play, seconds)

        yield cell("before", play_before(operation, number, code))
        for when in ("before", "after"):
            for is_twice in (False, True):
                yield cell(f"{'twice-' if is_twice else ''}in-flight-{when}",
                           play_in_flight(operation, number, code, when, is_twice))
        if operation.mints:
            yield cell("waiting", play_waiting(operation, number, code))
            yield cell("delivering", play_delivering(operation, number, code, False))
            yield cell("twice-delivering", play_delivering(operation, number, code, True))
