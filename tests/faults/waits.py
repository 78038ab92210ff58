"""Answers that fail while a key is waited for. A wait goes on through what may pass; where it ends in
vain, a secret that works is not replaced by one that is not known to."""

import itertools
import os
import signal

from cells import Cell
from judge import Trial, check_files, check_message, check_run, is_lasting, recover, secrets_in
from stage import wait_until

TARGETS = {"propagation": "*/propagation", "trial": "*/v1/api-key"}
# More than the attempts at one question, so that only the wait itself can get over them.
TIMES = 4
PASSING = {"408": {"status": 408}, "429": {"status": 429}, "500": {"status": 500}, "502": {"status": 502},
           "503": {"status": 503}, "504": {"status": 504}, "reset": {"reset": True}, "cut": {"cutAt": 90}}
STAYING = {"403": {"status": 403}, "501": {"status": 501}}
CHOSEN = {("propagation", "503"), ("propagation", "reset"), ("trial", "429"), ("trial", "cut")}
FILE = ("--secret-file", "app.key", "--force")


def play_passing(operation, target, fault):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            file = put_old_secret(trial)
            stage.emulator.add_fault(path=TARGETS[target], times=TIMES, **fault)
            ran = trial.run("--wait=60s", "--verify", *FILE)
            check_run(trial, ran, {0})
            secret = file.read_text()
            if not trial.opens_its_key(secret, key_of(trial)):
                trial.found("lost", "exit 0 without the new secret in its file")
            stage.emulator.add_fault(path=TARGETS[target], times=TIMES, **fault)
            checked = stage.run("check-key", key_of(trial), "--wait=60s", "--secret-from", "app.key")
            check_run(trial, checked, {0})
            check_files(trial, file)
            return trial.problems
    return played


def play_in_vain(operation, target, fault):
    """A fault that stays; without one, the clusters do not know the key in time."""
    def played(workshop):
        with workshop.stage("--propagation", "0s" if fault else "1h") as stage:
            trial = Trial(stage, operation)
            file = put_old_secret(trial)
            if fault:
                stage.emulator.add_fault(path=TARGETS[target], times=0, **fault)
            ran = trial.run("--wait=2s", "--verify", *FILE)
            return judge_held_back(trial, ran, file)
    return played


def play_interrupted(operation, number):
    def played(workshop):
        with workshop.stage("--propagation", "1h") as stage:
            trial = Trial(stage, operation)
            file = put_old_secret(trial)
            running = trial.start("--wait=50s", *FILE)
            if not wait_until(lambda: stage.emulator.requests("checkApiKeyPropagation") > 0):
                trial.found("broken", "nothing was waited for")
            os.kill(running.pid, number)
            return judge_held_back(trial, running.wait(), file)
    return played


def put_old_secret(trial):
    """The file that the programs of the user read."""
    file = trial.stage.work / "app.key"
    if trial.old_secret:
        file.write_text(trial.old_secret)
        file.chmod(0o600)
    return file


def key_of(trial):
    return trial.key_id or trial.commits()[0]["apiKeyId"]


def judge_held_back(trial, ran, file):
    stage = trial.stage
    stage.emulator.clear_faults()
    stage.emulator.call("POST", "/_emulator/clock", {"advance": "2h"})
    check_run(trial, ran, {9})
    check_message(trial, ran)
    if secrets_in(ran.out):
        trial.found("leak", "a secret on standard output beside its sink")
    if file.read_text() != trial.old_secret or stage.emulator.owner_of(trial.old_secret) != trial.key_id:
        trial.found("lost", "the secret in use was replaced by one that is not known to work")
    # What the last line proposes puts the new one there.
    listed = stage.records()
    if len(listed) != 1:
        trial.found("lost", f"{len(listed)} records keep the new secret")
        return trial.problems
    delivered = stage.run("recover", listed[0].stem, "--deliver", *FILE)
    check_run(trial, delivered, {0})
    secret = file.read_text()
    if stage.emulator.owner_of(secret) != trial.key_id or not is_lasting(stage, secret):
        trial.found("lost", "recover delivers no secret that works")
    if recover(trial):
        trial.found("leftover", "a record stays after recover")
    check_files(trial, file)
    return trial.problems


def waits_cells(programs, operation, is_long):
    if not operation.mints:
        return
    for target, (name, fault) in itertools.product(TARGETS, PASSING.items()):
        if is_long or (target, name) in CHOSEN:
            yield Cell(f"{operation.name}/waits/{target}-{name}", play_passing(operation, target, fault), 8)
    if operation.name != "rotate":
        return
    for target, (name, fault) in itertools.product(TARGETS, (PASSING | STAYING).items()):
        if is_long or (target, name) in CHOSEN:
            yield Cell(f"rotate/waits/in-vain-{target}-{name}", play_in_vain(operation, target, fault), 8)
    yield Cell("rotate/waits/in-vain-unknown", play_in_vain(operation, "propagation", None), 3)
    for name in ("int", "term"):
        number = getattr(signal, f"SIG{name.upper()}")
        yield Cell(f"rotate/waits/interrupted-{name}", play_interrupted(operation, number), 1)
