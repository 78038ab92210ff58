"""Row 7: the end by SIGKILL, or an error, at every system call from the first connection on."""

import collections
import contextlib
import re

from cells import Cell
from judge import Trial, judge
from stage import Workshop

CALL = re.compile(r"^(?:(\d+) +)?(\w+)\((.*)$")
# Calls that may fail in the way named, and whose failure the programs have to bear.
FAILING = {"write": ("ENOSPC", "EIO", "EINTR"), "pwrite64": ("ENOSPC", "EIO", "EINTR"),
           "fsync": ("ENOSPC", "EIO"), "link": ("ENOSPC", "EIO"), "rename": ("ENOSPC", "EIO"),
           "close": ("ENOSPC", "EIO", "EINTR"), "openat": ("ENOSPC", "EIO"),
           "fallocate": ("ENOSPC", "EIO", "EINTR"), "ftruncate": ("ENOSPC", "EIO"),
           "poll": ("EINTR",), "recvfrom": ("EINTR",), "sendto": ("EINTR",)}
SINKS = {"stdout": (), "file": ("--secret-file", "app.key"),
         "command": ("--secret-command", "cat > app.key")}
# The system's loader does not repeat an interrupted call. Which thread loads libcurl, and so whose
# n-th call is the loader's, is a race.
NOT_LOADED = "cannot load libcurl.so.4; nothing was sent"


def words_of(operation, sink):
    """More words for a run: one that looks something up first, so that its record is made after
    the first connection, and one sink."""
    look = ["--model", "grok-4", "--endpoint", "chat"] if operation.name == "create" else []
    return [*look, *(SINKS[sink] if operation.mints else ())]


def run_traced(trial, operation, sink, rules):
    stage = trial.stage
    words = trial.words()
    if operation.name == "create":
        words = [word for word in words if not word.startswith("--all-")]
    log = stage.folder / "calls"
    prefix = ["strace", "-f", "-qq", "-o", str(log), *rules]
    ran = stage.run(*words, *words_of(operation, sink), prefix=prefix)
    return ran, log.read_text(errors="replace")


# Between two of these nothing changes for anybody else, so the check ends runs only at these.
CHANGING = frozenset((
    "clone", "clone3", "connect", "execve", "fallocate", "fdatasync", "flock", "fsync", "ftruncate",
    "link", "linkat", "mkdir", "pipe2", "pwrite64", "recvfrom", "rename", "renameat2", "sendto",
    "unlink", "unlinkat", "vfork", "wait4", "write"))

# These arrange a process's own memory, threads and signals: to end at one is to end at the call before.
OWN = frozenset((
    "arch_prctl", "brk", "futex", "madvise", "mmap", "mprotect", "munmap", "rseq", "rt_sigaction",
    "rt_sigprocmask", "rt_sigreturn", "set_robust_list", "set_tid_address"))


def numbered(log):
    """(call, n, arguments) of the calls of a log that reach beyond the program's own memory: the n-th
    of that name in its thread, which is how strace counts. What the program starts is not its own."""
    counts = collections.Counter()
    first, started = None, set()
    for match in filter(None, map(CALL.match, log.splitlines())):
        thread, name, arguments = match.groups()
        first = first or thread
        counts[thread, name] += 1
        if name not in OWN and thread not in started:
            yield name, counts[thread, name], arguments
        if name == "execve" and thread != first:
            started.add(thread)


def calls_from(log, begins):
    """(call, n) → whether it changes something for others, from the call on for which
    `begins(call, arguments)` holds."""
    found = {}
    has_begun = False
    for name, n, arguments in numbered(log):
        has_begun = has_begun or begins(name, arguments)
        if has_begun and name != "exit_group":
            changes = name in CHANGING or "O_CREAT" in arguments
            found[name, n] = found.get((name, n), False) or changes
    return found


def enumerate_calls(workshop, operation, sink):
    """The n-th call of a name in any thread, for all calls from the first connect to the end: (call,
    n) → whether it changes something for others."""
    with workshop.stage() as stage:
        trial = Trial(stage, operation)
        ran, log = run_traced(trial, operation, sink, ["-s", "16"])
        if ran.code != 0:
            raise RuntimeError(f"{operation.name} fails under strace: {ran.err}")
    return calls_from(log, lambda name, arguments: name == "connect")


def injecting(rule):
    """Words that let strace look at the calls of a rule alone, which is faster."""
    return ["-e", f"trace={rule.split(':')[0]}", "-e", f"inject={rule}"]


def play(operation, sink, rule, allowed):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            ran, _ = run_traced(trial, operation, sink, injecting(rule))
            file = stage.work / "app.key"
            is_hidden = operation.mints and sink != "stdout"
            codes = {12} if NOT_LOADED in ran.err else allowed
            delivered = (file.read_bytes() if file.exists() else b"") if is_hidden else None
            return judge(trial, ran, codes, delivered, file if is_hidden else None)
    return played


def each_call(programs, operation):
    with contextlib.closing(Workshop(programs)) as workshop:
        for sink in SINKS if operation.mints else ("stdout",):
            for (call, n), changes in enumerate_calls(workshop, operation, sink).items():
                yield sink, call, n, changes


def kill_cells(programs, operation, is_long):
    # strace ends as the run did; one that never came to the call ends well.
    for sink, call, n, changes in each_call(programs, operation):
        if is_long or changes:
            # Of what the secret is handed to, the end is a delivery that failed.
            codes = {-9, 0, 9} if sink == "command" else {-9, 0}
            yield Cell(f"{operation.name}/kill/{sink}-{call}:{n}",
                       play(operation, sink, f"{call}:signal=KILL:when={n}", codes), 0.4)


def calls_cells(programs, operation, is_long):
    for sink, call, n, _ in each_call(programs, operation):
        # strace leaves a file open whose close it fails, and so the command without an end of input.
        if sink == "command" and (call == "close" or not is_long):
            continue
        for error in FAILING.get(call, ()):
            # Interrupted calls are done again; what else fails, fails before the change or after it.
            codes = {0} if error == "EINTR" else {0, 12, 9 if operation.mints else 1}
            # A file or command has the secret before standard output is touched.
            if sink != "stdout" and error != "EINTR":
                codes = codes | {1}
            if sink == "command":
                codes = codes | {9}
            if is_long or error != "EIO" or call in ("fsync", "link", "close"):
                yield Cell(f"{operation.name}/calls/{sink}-{call}-{error}:{n}",
                           play(operation, sink, f"{call}:error={error}:when={n}", codes), 0.4)
