"""Row 6: no place for the secret, the record or the output."""

import contextlib
import os
import subprocess

from cells import Cell, NotRun
from judge import SECRET, Trial, judge
from stage import LIMIT_SECONDS


@contextlib.contextmanager
def mounted(folder, options="size=64k"):
    """The folder, made and mounted as a small disk of its own."""
    folder.mkdir(exist_ok=True)
    mount = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder],
                           capture_output=True, text=True, check=False)
    if mount.returncode != 0:
        raise NotRun(f"mounting is not allowed here: {mount.stderr.splitlines()[0]}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@contextlib.contextmanager
def full_disk(folder):
    with mounted(folder):
        with open(folder / "filler", "wb", buffering=0) as filler, contextlib.suppress(OSError):
            while filler.write(b"x" * 4096):
                pass
        yield folder


@contextlib.contextmanager
def read_only(folder):
    with mounted(folder):
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        yield folder


def play(operation, codes, words=(), prepare=None, sink="app.key", out=None, prefix=(),
         limit_seconds=LIMIT_SECONDS):
    """`prepare(stage, stack)` makes the surroundings; `out(stage, stack)` opens standard output."""
    def played(workshop):
        with workshop.stage() as stage, contextlib.ExitStack() as stack:
            if prepare:
                prepare(stage, stack)
            trial = Trial(stage, operation)
            output = out(stage, stack) if out else None
            ran = trial.run(*words, out=output, prefix=prefix, limit_seconds=limit_seconds)
            file = stage.work / sink
            check_file(trial, ran, file, words)
            is_hidden = bool(words) and words[0] != "--secret-env"
            delivered = None
            if is_hidden:
                delivered = file.read_bytes() if file.is_file() and not file.is_symlink() else b""
            elif out:
                delivered = b""
            return judge(trial, ran, codes, delivered, file)
    return played


def check_file(trial, ran, file, words):
    """A secret file holds the secret and nothing else, for its owner alone; one that was there
    stays as it was."""
    if "--secret-file" not in words or not file.is_file() or file.is_symlink():
        return
    if ran.code != 0:
        if file.read_text() != "old":
            trial.found("lost", "a file that was there has changed")
    elif file.stat().st_mode & 0o777 != 0o600 or not SECRET.fullmatch(file.read_bytes()):
        trial.found("leak", "the secret file is open to others, or holds more than the secret")


def dev_full(stage, stack):
    return stack.enter_context(open("/dev/full", "wb"))


def file_on_full_disk(stage, stack):
    return stack.enter_context(open(stack.enter_context(full_disk(stage.folder / "disk")) / "out", "wb"))


def pipe_without_reader(stage, stack):
    reading, writing = os.pipe()
    os.close(reading)
    stack.callback(os.close, writing)
    return writing


def play_appearing(operation, words, codes, appear):
    """Something happens to the place while the answer is awaited."""
    def played(workshop):
        with workshop.stage() as stage:
            (stage.work / "sub").mkdir()
            trial = Trial(stage, operation)
            trial.add_fault(when="after", delay="500ms")
            running = trial.until_request(lambda: trial.start(*words))
            appear(stage)
            ran = running.wait()
            check_file(trial, ran, stage.work / "app.key", words)
            return judge(trial, ran, codes, b"")
    return played


def appear_file(stage):
    (stage.work / "app.key").write_text("old")


def remove_folder(stage):
    for path in (stage.work / "sub").iterdir():
        path.unlink()
    (stage.work / "sub").rmdir()


def replace_folder(stage):
    (stage.work / "sub").rename(stage.work / "moved")
    (stage.work / "sub").mkdir()


def link_folders(stage, _):
    """Links above the file and above the state folder."""
    (stage.work / "real").mkdir()
    (stage.work / "sub").symlink_to("real")
    stage.state.rename(stage.folder / "far")
    stage.state.symlink_to(stage.folder / "far")


FILE = ("--secret-file", "app.key")
LIMITED = ("sh", "-c", 'ulimit -f 1; exec "$@"', "sh")
# What stands where the secret file is to be made, and how the run ends then.
PLACES = {
    "existing": (lambda stage, _: (stage.work / "app.key").write_text("old"), 12),
    "symlink": (lambda stage, _: (stage.work / "app.key").symlink_to("elsewhere"), 12),
    "folder": (lambda stage, _: (stage.work / "app.key").mkdir(), 12),
    "fifo": (lambda stage, _: os.mkfifo(stage.work / "app.key"), 12),
    "full-disk": (lambda stage, stack: stack.enter_context(full_disk(stage.work)), 12),
    "read-only": (lambda stage, stack: stack.enter_context(read_only(stage.work)), 12),
}
COMMANDS = {"fails": "cat > /dev/null; exit 3", "is-killed": "kill -9 $$", "is-missing": "no-such-command-here",
            "fails-unread": "exec false", "speaks": "echo a word; exit 1"}


def minting_cells(cell, operation):
    for name, (prepare, code) in PLACES.items():
        yield cell(f"file-{name}", {code}, FILE, prepare)
    yield cell("file-in-missing-folder", {12}, ("--secret-file", "sub/app.key"), sink="sub/app.key")
    yield cell("file-named-as-folder", {12}, ("--secret-file", "sub/"))
    yield cell("file-replaced", {0}, (*FILE, "--force"), PLACES["existing"][0])
    for name in ("symlink", "folder"):
        yield cell(f"file-{name}-forced", {12}, (*FILE, "--force"), PLACES[name][0])
    for name, command in COMMANDS.items():
        yield cell(f"command-{name}", {9}, ("--secret-command", command))
    yield cell("command", {0}, ("--secret-command", "cat > app.key"))
    yield cell("command-variable", {0}, ("--secret-command", "cat > app.key", "--secret-env", "APP_KEY"))
    yield cell("variable", {0}, ("--secret-env", "APP_KEY"))
    for option in ("--secret-file", "--secret-command", "--secret-env"):
        yield cell(f"empty{option[1:]}", {2}, (option, ""))
    yield cell("folders-linked", {0}, ("--secret-file", "sub/app.key"), link_folders, sink="real/app.key")
    yield cell("file-size-limit", {12}, FILE, prefix=LIMITED)
    yield cell("state-size-limit", {12}, prefix=LIMITED)
    yield cell("file-hidden-stdout-full", {12}, FILE, out=dev_full)
    for name, disk in (("full-disk", full_disk), ("read-only", read_only)):
        def prepare(stage, stack, disk=disk):
            stack.enter_context(disk(stage.state))
        yield cell(f"state-{name}", {12}, prepare=prepare)
    for name, words, appear in (("file-appears", FILE, appear_file),
                                ("folder-disappears", ("--secret-file", "sub/app.key"), remove_folder),
                                ("folder-replaced", ("--secret-file", "sub/app.key"), replace_folder)):
        yield Cell(f"{operation.name}/sinks/{name}", play_appearing(operation, words, {9}, appear), 1)


def sinks_cells(programs, operation, is_long):
    def cell(name, codes, words=(), prepare=None, seconds=0.4, **more):
        return Cell(f"{operation.name}/sinks/{name}", play(operation, codes, words, prepare, **more),
                    seconds)

    closing = ("sh", "-c", 'exec "$@" >&-', "sh")
    yield cell("stdout-closed", {12}, prefix=closing)
    yield cell("stdout-full-device", {12}, out=dev_full)
    # Neither of these can be seen before there is something to write.
    broken = {9} if operation.mints else {1}
    yield cell("stdout-full-disk", broken, out=file_on_full_disk)
    yield cell("stdout-without-reader", broken, out=pipe_without_reader)
    if operation.mints:
        yield from minting_cells(cell, operation)
        if is_long:
            yield cell("command-hangs", {9}, ("--secret-command", "exec sleep 600"), seconds=62,
                       limit_seconds=90)
