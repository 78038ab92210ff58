"""Row 7 once more, for what mends: SIGKILL at every system call of `recover`."""

import contextlib

from calls import calls_from, injecting
from cells import Cell
from judge import Trial, judge
from stage import Workshop

# How the operation is left unfinished, and what then finishes it.
ACTIONS = {"deliver": "an undelivered secret", "rotate": "a lost answer", "delete": "a lost answer"}


def leave_unfinished(trial, action):
    if action == "deliver":
        code = trial.run("--secret-command", "cat > /dev/null; exit 1").code
    else:
        trial.add_fault(when="after", reset=True)
        code = trial.run().code
    commits = trial.commits()
    if code != (9 if action == "deliver" else 8) or len(commits) != 1:
        raise RuntimeError(f"nothing was left unfinished: exit {code}")
    trial.key_id = commits[0]["apiKeyId"]
    trial.is_owed = action != "delete"
    if trial.operation.name == "rotate":
        trial.before = commits[0]["sequence"]


def run_traced(trial, action, rules):
    log = trial.stage.folder / "calls"
    words = {"deliver": [], "delete": ["--key", trial.key_id],
             "rotate": ["--end-overlap"] if trial.operation.name == "rotate" else []}[action]
    ran = trial.stage.run("recover", f"--{action}", *words, prefix=["strace", "-f", "-qq", "-o", str(log), *rules])
    return ran, log.read_text(errors="replace")


def enumerate_calls(workshop, operation, action):
    """(call, n) → whether it changes something for others, from the first look at the records on."""
    with workshop.stage() as stage:
        trial = Trial(stage, operation)
        leave_unfinished(trial, action)
        ran, log = run_traced(trial, action, ["-s", "200"])
        if ran.code != 0:
            raise RuntimeError(f"recover --{action} fails under strace: {ran.err}")
    return calls_from(log, lambda name, arguments: "/pending" in arguments)


def play(operation, action, call, n):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            leave_unfinished(trial, action)
            ran, _ = run_traced(trial, action, injecting(f"{call}:signal=KILL:when={n}"))
            return judge(trial, ran, {-9, 0})
    return played


def recover_cells(programs, operation, is_long):
    if not operation.mints:
        return
    with contextlib.closing(Workshop(programs)) as workshop:
        for action in ACTIONS if operation.name == "create" else ("deliver", "rotate"):
            for (call, n), changes in enumerate_calls(workshop, operation, action).items():
                if is_long or changes:
                    yield Cell(f"{operation.name}/recover/{action}-{call}:{n}",
                               play(operation, action, call, n), 0.4)
