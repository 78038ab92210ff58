"""Row 7 once more, for what mends: SIGKILL at every system call of `recover`."""

import contextlib

from calls import numbered
from cells import Cell
from judge import Trial, judge
from stage import Workshop

# How the operation is left unfinished, and what then finishes it.
DEEDS = {"deliver": "an undelivered secret", "rotate": "a lost answer", "delete": "a lost answer"}


def leave_unfinished(trial, deed):
    if deed == "deliver":
        code = trial.run("--secret-command", "cat > /dev/null; exit 1").code
    else:
        trial.add_fault(when="after", reset=True)
        code = trial.run().code
    commits = trial.commits()
    if code != (9 if deed == "deliver" else 8) or len(commits) != 1:
        raise RuntimeError(f"nothing was left unfinished: exit {code}")
    trial.key_id = commits[0]["apiKeyId"]
    trial.is_owed = deed != "delete"
    if trial.operation.name == "rotate":
        trial.before = commits[0]["sequence"]


def run_traced(trial, deed, rules):
    log = trial.stage.folder / "calls"
    words = {"deliver": [], "delete": ["--key", trial.key_id],
             "rotate": ["--end-overlap"] if trial.operation.name == "rotate" else []}[deed]
    ran = trial.stage.run("recover", f"--{deed}", *words, prefix=["strace", "-f", "-qq", "-o", str(log), *rules])
    return ran, log.read_text(errors="replace")


def enumerate_calls(workshop, operation, deed):
    """(call, n) from the first look at the records on."""
    with workshop.stage() as stage:
        trial = Trial(stage, operation)
        leave_unfinished(trial, deed)
        ran, log = run_traced(trial, deed, ["-s", "200"])
        if ran.code != 0:
            raise RuntimeError(f"recover --{deed} fails under strace: {ran.err}")
    seen = set()
    has_begun = False
    for name, n, arguments in numbered(log):
        has_begun = has_begun or "/pending" in arguments
        if has_begun and name != "exit_group" and (name, n) not in seen:
            seen.add((name, n))
            yield name, n


def play(operation, deed, call, n):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            leave_unfinished(trial, deed)
            ran, _ = run_traced(trial, deed, ["-e", f"inject={call}:signal=KILL:when={n}"])
            return judge(trial, ran, {-9, 0})
    return played


def recover_cells(programs, operation, is_long):
    if not operation.mints:
        return
    with contextlib.closing(Workshop(programs)) as workshop:
        for deed in DEEDS if operation.name == "create" else ("deliver", "rotate"):
            for place, (call, n) in enumerate(enumerate_calls(workshop, operation, deed)):
                if is_long or place % 3 == 0:
                    yield Cell(f"{operation.name}/recover/{deed}-{call}:{n}",
                               play(operation, deed, call, n), 0.4)
