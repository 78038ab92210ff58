"""Canaries: the management key and every minted secret, looked for in all their forms wherever
nobody asked for them, over commands, formats, verbosity and failures."""

import base64
import itertools
import os
import re
import signal
import urllib.parse

from cells import Cell, NotRun
from judge import Trial, judge, secrets_in
from stage import KEY

DUMP = ("cat > app.key; cat /proc/self/environ /proc/self/cmdline /proc/$PPID/environ"
        " /proc/$PPID/cmdline > seen; env > env.txt")
SINKS = {"stdout": (), "file": ("--secret-file", "app.key"), "command": ("--secret-command", DUMP)}
SPEECH = {"plain": (), "verbose": ("-v",), "traced": ("-v", "--trace-file", "trace.txt")}
WITH_CORES = ("sh", "-c", 'ulimit -c unlimited; exec "$@"', "sh")
# What happens to the answer, 300 ms after the request; and how the run ends for one that mints.
ECHO = f'{{"code":7,"message":"you sent Authorization: Bearer {KEY}","details":[]}}'
FAILURES = {
    "none": ({"when": "after"}, 0),
    "echo": ({"when": "after", "status": 500, "body": ECHO}, 8),
    "refused": ({"when": "before", "status": 403, "body": ECHO}, 4),
    "lost": ({"when": "after", "reset": True}, 8),
    "crash": ({"when": "after"}, -signal.SIGSEGV),
}
# How the program is given its key: words, environment.
SOURCES = {
    "environment": ((), {}),
    "other-variable": ((), {"XAI_MANAGEMENT_KEY": "", "XAI_MANAGEMENT_API_KEY": KEY}),
    "argument": (("--management-key", KEY), {"XAI_MANAGEMENT_KEY": ""}),
    "joined-argument": ((f"--management-key={KEY}",), {"XAI_MANAGEMENT_KEY": ""}),
    "file": (("--management-key-file", "management.key"), {"XAI_MANAGEMENT_KEY": ""}),
}


def forms(secret):
    """The secret as it is, and as it looks in base64 at each alignment, in hex and in a URL."""
    raw = secret.encode()
    yield raw
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    yield urllib.parse.quote(secret, safe="").encode()
    for shift in range(3):
        # Only what the neighbours have no part in.
        for encode in (base64.b64encode, base64.urlsafe_b64encode):
            yield encode(b"\0" * shift + raw)[4 if shift else 0:][:-4].rstrip(b"=")


def look(trial, where, text, secrets):
    for secret in secrets:
        if any(form in text for form in forms(secret)):
            trial.found("leak", f"{'the management key' if secret == KEY else 'a secret'} in {where}")


def process_texts(pid):
    """What anybody who may look sees of a process: its arguments and its environment."""
    texts = []
    for name in ("cmdline", "environ"):
        try:
            with open(f"/proc/{pid}/{name}", "rb") as file:
                texts.append(file.read())
        except PermissionError as error:
            raise NotRun(f"only root can read {name} of the program") from error
    return b"\0".join(texts)


def core_limit(pid):
    """The size of a core file that a process may leave, soft and hard."""
    with open(f"/proc/{pid}/limits", encoding="ascii") as file:
        return re.search(r"Max core file size +(\S+) +(\S+)", file.read()).groups()


def play(operation, sink, form, speech, failure, source):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            (stage.work / "management.key").write_text(KEY + "\n")
            (stage.work / "management.key").chmod(0o600)
            fault, code = FAILURES[failure]
            trial.add_fault(delay="300ms", **fault)
            words, environment = SOURCES[source]
            running = trial.until_request(lambda: trial.start(
                *SINKS[sink], *SPEECH[speech], *words, "--output", form, environment=environment,
                prefix=WITH_CORES), 10)
            look(trial, "arguments or environment", process_texts(running.pid), [KEY])
            if core_limit(running.pid) != ("0", "0"):
                trial.found("leak", "a crash may leave a core file")
            if failure == "crash":
                os.kill(running.pid, signal.SIGSEGV)
            ran = running.wait()
            (stage.work / "management.key").unlink()
            return conclude(trial, ran, code, sink, speech)
    return played


def conclude(trial, ran, code, sink, speech):
    stage = trial.stage
    file = stage.work / "app.key"
    delivered = (file.read_bytes() if file.exists() else b"") if sink != "stdout" else None
    secrets = [KEY, *secrets_in(ran.out if delivered is None else delivered)]
    if trial.old_secret:
        secrets.append(trial.old_secret)
    for name in ("seen", "env.txt", "trace.txt"):
        path = stage.work / name
        if path.exists():
            look(trial, name, path.read_bytes(), secrets)
    look(trial, "standard error", ran.err.encode(), secrets)
    if sink != "stdout":
        look(trial, "standard output", ran.out, secrets)
    if speech == "traced" and not (stage.work / "trace.txt").read_text().strip():
        trial.found("broken", "the trace is empty")
    if list(stage.work.glob("core*")):
        trial.found("leak", "a core file")
    # A change that may be looked at is, whatever its answer was.
    codes = {code} if trial.operation.mints or code != 8 else {0}
    problems = judge(trial, ran, codes, delivered, file)
    for path in stage.folder.rglob("*"):
        if path.is_file() and path != file:
            look(trial, str(path.relative_to(stage.folder)), path.read_bytes(), secrets)
    return problems


def leaks_cells(programs, operation, is_long):
    sinks = SINKS if operation.mints else ("stdout",)
    combinations = itertools.product(sinks, ("text", "json"), SPEECH, FAILURES)
    for place, (sink, form, speech, failure) in enumerate(combinations):
        for nth, source in enumerate(SOURCES):
            # Each combination with one source of the key, in turn, unless all are wanted.
            if is_long or nth == place % len(SOURCES) and (operation.mints or place % 2 == 0):
                yield Cell(f"{operation.name}/leaks/{sink}-{form}-{speech}-{failure}-{source}",
                           play(operation, sink, form, speech, failure, source), 1)
