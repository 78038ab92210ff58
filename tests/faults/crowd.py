"""Row 8: runs of one user at once, about the same name; some of their answers are lost."""

from cells import Cell
from judge import OPERATIONS, Trial, check_files, check_message, check_run, is_lasting, recover, secrets_in
from stage import wait_until

RUNS = 8


def more_of(operation):
    """Else a rotation would be refused while another one is under way, or within its overlap."""
    return ("--end-overlap",) if operation.name == "rotate" else ()


def play(operation, lost):
    """`lost` are the places, in the order of arrival, of the requests whose answer is lost."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            for nth in lost:
                trial.add_fault(when="after", nth=nth, reset=True)
            more = more_of(operation)
            rans = [running.wait() for running in [trial.start(*more) for _ in range(RUNS)]]
            stage.emulator.clear_faults()
            stage.emulator.settle()
            # Of a delete only the first finds a key; the others may find none.
            codes = {"create": {0, 8}, "rotate": {0, 8}, "update": {0}, "delete": {0, 3}}[operation.name]
            for ran in rans:
                check_run(trial, ran, codes if lost else codes - {8})
                check_message(trial, ran)
            if operation.mints:
                check_secrets(trial, rans, len(lost))
            else:
                check_change(trial, rans)
            check_files(trial, None)
            return trial.problems
    return played


def play_mistaken(operation):
    """One run's request never arrives, while another's is done but not yet answered: what the
    first finds is the other's key."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            trial.add_fault(when="after", nth=1, delay="2s")
            trial.add_fault(when="before", nth=2, reset=True)
            before = stage.emulator.requests(operation.commit)
            slow = trial.start(*more_of(operation))
            wait_until(lambda: stage.emulator.requests(operation.commit) > before)
            lost = trial.run(*more_of(operation))
            ran = slow.wait()
            stage.emulator.settle()
            check_run(trial, ran, {0})
            check_run(trial, lost, {8})
            check_secrets(trial, [ran, lost], 1)
            return trial.problems
    return played


def play_refusing(when):
    """One more rotation of a key while the first is under way: sent, it would end at once the
    secret that everybody uses."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, OPERATIONS["rotate"])
            trial.add_fault(when=when, nth=1, delay="2s")
            slow = trial.until_request(trial.start)
            more = trial.run()
            check_run(trial, more, {5})
            check_message(trial, more)
            check_run(trial, slow.wait(), {0})
            check_one_rotation(trial)
            return trial.problems
    return played


def play_at_once(workshop):
    """Many rotations of a key at once: each may see another one, and two never go through."""
    with workshop.stage() as stage:
        trial = Trial(stage, OPERATIONS["rotate"])
        rans = [running.wait() for running in [trial.start() for _ in range(RUNS)]]
        for ran in rans:
            check_run(trial, ran, {0, 5})
            check_message(trial, ran)
        if sum(ran.code == 0 for ran in rans) != len(trial.commits()):
            trial.found("code", f"{len(trial.commits())} commits of {[ran.code for ran in rans]}")
        check_one_rotation(trial, least=0)
        return trial.problems


def check_one_rotation(trial, least=1):
    """The secret from before still works, and nothing is left behind."""
    trial.stage.emulator.settle()
    if not least <= len(trial.commits()) <= 1:
        trial.found("duplicate", f"{len(trial.commits())} rotations of one key")
    if trial.stage.emulator.owner_of(trial.old_secret) != trial.key_id:
        trial.found("lost", "the secret in use was ended within its overlap")
    if trial.stage.records():
        trial.found("leftover", "a record stays")


def check_secrets(trial, rans, lost):
    commits = trial.commits()
    if len(commits) > RUNS:
        trial.found("duplicate", f"{len(commits)} commits of {RUNS} runs")
    unknown = sum(ran.code == 8 for ran in rans)
    # A create that begins late finds that an earlier one is unfinished.
    if unknown < lost or (unknown > lost and trial.operation.name != "create"):
        trial.found("code", f"not exactly {lost} of {[ran.code for ran in rans]} know of no answer")
    delivered = [secrets_in(ran.out) for ran in rans if ran.code == 0]
    if any(len(set(secrets)) != 1 for secrets in delivered):
        trial.found("lost", "exit 0 without the secret")
    recovered = recover(trial)
    if trial.stage.records():
        trial.found("leftover", "a record stays after recover")
    delivered = [secret for secrets in delivered for secret in secrets]
    lasting = {trial.stage.emulator.owner_of(secret) for secret in delivered + recovered
               if is_lasting(trial.stage, secret)}
    # Of rotations only the last one lasts; each create made a key of its own.
    if trial.operation.name == "create" and not all(is_lasting(trial.stage, secret) for secret in delivered):
        trial.found("lost", "a secret that was delivered no longer opens its key")
    if out_of_reach := {commit["apiKeyId"] for commit in commits} - lasting:
        trial.found("lost", f"{len(out_of_reach)} keys are out of reach")


def check_change(trial, rans):
    key = trial.stage.emulator.keys().get(trial.key_id)
    if trial.operation.name == "update":
        if (key or {}).get("qps") != 77:
            trial.found("code", "exit 0, but the change was not made")
    elif key or len(trial.commits()) != 1 or all(ran.code for ran in rans):
        trial.found("code", "the key was not deleted once")


def crowd_cells(programs, operation, is_long):
    if operation.mints:
        yield Cell(f"{operation.name}/crowd/mistaken", play_mistaken(operation), 3)
    if operation.name == "rotate":
        for when in ("before", "after"):
            yield Cell(f"rotate/crowd/refusing-{when}", play_refusing(when), 3)
        for number in range(1, (20 if is_long else 2) + 1):
            yield Cell(f"rotate/crowd/at-once-{number:02}", play_at_once, 1)
    for number in range(1, ((50 if operation.mints else 25) if is_long else 4) + 1):
        yield Cell(f"{operation.name}/crowd/{number:02}", play(operation, ()), 1)
        lost = {1: (1,), 2: (3, 4, 5), 3: (8,)}.get(number % 4, (1, 2, 7, 8))
        yield Cell(f"{operation.name}/crowd/{number:02}-lost", play(operation, lost), 2)
