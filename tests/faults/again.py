"""Row 15: the same command again after every kind of end: no second key, no secret that is lost, and
no old secret that ends before its overlap is over."""

import os
import signal

from cells import Cell
from judge import Trial, check_files, check_message, check_run, judge_change, recover, secrets_in
from reuse import words as words_with_look

# What is done to the answer, and whether the change is made all the same.
FAULTS = {
    "lost-before": ({"when": "before", "reset": True}, False),
    "lost-after": ({"when": "after", "reset": True}, True),
    "cut": ({"when": "after", "cutAt": 40}, True),
    "429-after": ({"when": "after", "status": 429}, True),
    "499-before": ({"when": "before", "status": 499}, False),
    "499-after": ({"when": "after", "status": 499}, True),
    "500-before": ({"when": "before", "status": 500}, False),
    "500-after": ({"when": "after", "status": 500}, True),
    "kill-before": ({"when": "before", "delay": "300ms", "reset": True}, False),
    "kill-under-way": ({"when": "before", "delay": "300ms"}, True),
    "kill-after": ({"when": "after", "delay": "300ms"}, True),
    "refused": ({"when": "before", "status": 400}, False),
}
CHOSEN = {"429-after", "500-after", "kill-before", "kill-after", "kept"}
# More words of a command, and when what they ask for may be done once more.
VARIANTS = {
    "create": {"plain": ((), "6m"), "again": (("--again",), "6m")},
    "rotate": {"plain": ((), "25h"), "hour": (("--overlap", "1h"), "61m"), "leak": (("--overlap", "0"), "0s"),
               "end": (("--end-overlap",), "0s")},
    "update": {"plain": ((), "0s")},
    "delete": {"plain": ((), "0s")},
}


def first_run(trial, end, words):
    if end == "kept":
        return trial.stage.run(*words, "--secret-command", "cat > /dev/null; exit 1")
    trial.add_fault(**FAULTS[end][0])
    if end.startswith("kill-"):
        running = trial.until_request(lambda: trial.stage.start(*words))
        os.kill(running.pid, signal.SIGKILL)
        ran = running.wait()
    else:
        ran = trial.stage.run(*words)
    trial.stage.emulator.settle()
    trial.stage.emulator.clear_faults()
    return ran


def first_codes(operation, end):
    if end.startswith("kill-"):
        return {-signal.SIGKILL}
    if end == "refused":
        return {5}
    return {9 if end == "kept" else 8 if operation.mints else 0}


def codes_of(operation, end, variant, is_later):
    """How the same command ends after that."""
    if end == "refused" or operation.name == "update":
        return {0}
    is_made = end == "kept" or FAULTS[end][1]
    if operation.name == "delete":
        return {3 if is_made or not end.startswith("kill-") else 0}
    if operation.name == "rotate":
        return {0 if is_later or variant in ("leak", "end") else 5}
    if is_made:
        return {9 if end == "kept" else 8}
    return {0 if is_later or variant == "again" else 8}


def check_again(trial, ran, commits, codes):
    """One run more: what it says, and whether it made something that it does not hand over."""
    check_run(trial, ran, codes)
    check_message(trial, ran)
    made = trial.commits()[commits:]
    if len(made) > 1 or (made and trial.operation.mints and ran.code != 0):
        trial.found("duplicate", f"exit {ran.code} and {len(made)} more commits: {ran.err.strip()}")
    if trial.operation.name == "create" and len(trial.commits()) > 1:
        trial.found("duplicate", f"exit {ran.code} and a second key of one name")
    if ran.code == 0 and trial.operation.mints and not any(
            trial.opens_its_key(secret, each["apiKeyId"]) for secret in secrets_in(ran.out) for each in made):
        trial.found("lost", "exit 0 without the secret")


def check_overtaken(trial, end, is_late):
    """A rotation with an answer settles those of the key without one, and makes a secret that is kept an older one."""
    left = trial.stage.records()
    if end != "kept" and is_late and left:
        trial.found("leftover", "the record of a rotation stays although a later one was answered")
    if end == "kept" and is_late and b"the key has been rotated since" not in trial.stage.run("recover").out:
        trial.found("silent", "recover does not say that the secret that is kept is not the key's last")


def play(operation, end, variant):
    def played(workshop):
        with workshop.stage("--propagation", "0s") as stage:
            trial = Trial(stage, operation)
            more, span = VARIANTS[operation.name][variant]
            # With a look beforehand a throttled rotation can be told from one that was made.
            is_looked_up = operation.name == "rotate" and end == "429-after"
            words = [*(words_with_look(trial) if is_looked_up else trial.words()), *more]
            check_run(trial, first_run(trial, end, words), first_codes(operation, end))
            delivered = []
            for is_later in (False, False, True):
                if is_later:
                    stage.emulator.call("POST", "/_emulator/clock", {"advance": span})
                commits = len(trial.commits())
                ran = stage.run(*words)
                check_again(trial, ran, commits, codes_of(operation, end, variant, is_later))
                delivered += secrets_in(ran.out)
                if span not in ("0s", "6m") and not is_later and (
                        stage.emulator.owner_of(trial.old_secret) != trial.key_id):
                    trial.found("lost", "the old secret ended before its overlap was over")
                if ran.code == 0:
                    break
            if operation.name == "rotate" and ran.code == 0:
                check_overtaken(trial, end, is_late=is_later and span != "0s")
            return conclude(trial, ran, delivered)
    return played


def conclude(trial, ran, delivered):
    if not trial.operation.mints:
        judge_change(trial, ran, trial.commits())
        return trial.problems
    secrets = delivered + recover(trial)
    for key_id in {each["apiKeyId"] for each in trial.commits()}:
        if not any(trial.opens_its_key(secret, key_id) for secret in secrets):
            trial.found("lost", f"the secret of {key_id} was neither delivered nor recovered")
    if trial.stage.records():
        trial.found("leftover", "a record stays after recover")
    check_files(trial, None)
    return trial.problems


def again_cells(programs, operation, is_long):
    ends = [*FAULTS, "kept"] if operation.mints else [*FAULTS]
    for end in ends:
        for variant in VARIANTS[operation.name]:
            # In the short form all variants after a lost answer, else the plain command.
            is_chosen = operation.mints and end in CHOSEN and variant == "plain"
            if is_long or end.startswith("lost-") or is_chosen:
                yield Cell(f"{operation.name}/again/{end}-{variant}", play(operation, end, variant), 0.6)
