"""Row 5: a kept connection that the service closes after the change, without a byte of answer.

libcurl would send the request again by itself; each run must commit exactly once.
"""

from cells import Cell
from judge import Trial, judge
from servers import relay


def play(operation):
    def played(workshop):
        changes = []

        def spoil(connection, request, forward):
            changes.append(request)
            forward()
            return False

        with workshop.stage() as stage, relay(stage, operation, spoil) as server:
            trial = Trial(stage, operation)
            ran = stage.run(*words(trial))
            commits, sent = len(trial.commits()), len(changes)
            if (commits, sent) != (1, 1):
                trial.found("duplicate", f"{commits} commits and {sent} requests of one run")
            # A DELETE has no body to hold back, so it goes on a connection of its own.
            if server.on_kept != (0 if operation.name == "delete" else 1):
                trial.found("broken", f"{server.on_kept} changes were sent on a kept connection")
            server.spoil = None
            return judge(trial, ran, {8} if operation.mints else {0})
    return played


def words(trial):
    """The operation with a look-up before it, on the connection that is then kept."""
    if trial.operation.name == "create":
        return ["create-key", "--name", trial.name, "--model", "grok-4", "--endpoint", "chat"]
    more = ["--yes"] if trial.operation.name == "delete" else []
    return [trial.name if word == trial.key_id else word for word in trial.words()] + more


def reuse_cells(programs, operation, is_long):
    # A second key is the worst that can come of it.
    long_trials = 1000 if operation.name == "create" else 250
    trials = long_trials if is_long else 50 if operation.mints else 20
    for number in range(1, trials + 1):
        yield Cell(f"{operation.name}/reuse/{number:04}", play(operation))
