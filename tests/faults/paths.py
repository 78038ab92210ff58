"""Row 17: what stands in the way of a secret file or of the state folder, beforehand and while the
request is under way: links, devices, names of all kinds, folders that are moved and replaced."""

import os
import socket
import stat

from cells import Cell
from judge import SECRET, Trial, judge, recover

LIMIT_SECONDS = 10
FILE = "app.key"
STRANGE = "a\nb\x1b[31m\u202e.key"
# Started in a folder that is gone by then.
NOWHERE = ("sh", "-c", 'mkdir gone && cd gone && rmdir ../gone && exec "$@"', "sh")


def write(path, text="old"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def link(path, target):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def listen(path):
    with socket.socket(socket.AF_UNIX) as made:
        made.bind(str(path))


def device(path):
    """Like /dev/null, but not the one of this machine."""
    os.mknod(path, 0o666 | stat.S_IFCHR, os.makedev(1, 3))


def hard_link(work):
    write(work / "elsewhere")
    os.link(work / "elsewhere", work / FILE)


def linked_folder(work, target="real"):
    (work / "real").mkdir(exist_ok=True)
    link(work / "sub", target)


def chain(work):
    linked_folder(work, "one")
    link(work / "one", "two/")
    link(work / "two", work / "real")


# What stands in the place of the file, and whether --force may replace it.
THINGS = {
    "existing": (lambda work: write(work / FILE), True),
    "hard-link": (hard_link, True),
    "dangling": (lambda work: link(work / FILE, "nowhere"), False),
    "link": (lambda work: (write(work / "elsewhere"), link(work / FILE, "elsewhere")), False),
    "loop": (lambda work: link(work / FILE, FILE), False),
    "fifo": (lambda work: os.mkfifo(work / FILE), False),
    "socket": (lambda work: listen(work / FILE), False),
    "device": (lambda work: device(work / FILE), False),
    "folder": (lambda work: (work / FILE).mkdir(), False),
}
# The row of sinks has these.
HELD = {"existing", "existing-forced", "existing-appears", "dangling", "dangling-forced", "fifo", "folder",
        "folder-forced"}
# A path, what is made before, how the run ends, and where the file then is.
PATHS = {
    "folder-link": ("sub/app.key", linked_folder, 0, "real/app.key"),
    "folder-link-chain": ("sub/app.key", chain, 0, "real/app.key"),
    "folder-link-dangling": ("sub/app.key", lambda work: link(work / "sub", "nowhere"), 12, None),
    "folder-link-loop": ("sub/app.key", lambda work: link(work / "sub", "sub"), 12, None),
    "folder-is-file": ("sub/app.key", lambda work: write(work / "sub"), 12, None),
    "folder-is-fifo": ("sub/app.key", lambda work: os.mkfifo(work / "sub"), 12, None),
    "through-parent": ("real/..//./app.key", linked_folder, 0, FILE),
    # The file that is made before it must not want a longer one.
    "name-of-200": ("k" * 200, None, 0, "k" * 200),
    "name-of-255": ("k" * 255, None, 0, "k" * 255),
    "name-of-256": ("k" * 256, None, 12, None),
    "path-too-long": ("k/" * 3000 + FILE, None, 12, None),
    "name-strange": (STRANGE, None, 0, STRANGE),
    "name-strange-existing": (STRANGE, lambda work: write(work / STRANGE), 12, None),
    "name-not-utf-8": ("app\udcff.key", None, 0, "app\udcff.key"),
    "stdout": ("/dev/stdout", None, 12, None),
    "stdout-by-number": ("/proc/self/fd/1", None, 12, None),
    "is-working-folder": (".", None, 12, None),
    "is-root": ("/", None, 12, None),
}
# Where the state folder is to be, what is made before, and how a run that mints ends.
STATES = {
    "parent-link": ("sub/state", linked_folder, 0),
    "parents-missing": ("a/b/c", None, 0),
    "parent-dangling": ("sub/state", lambda work: link(work / "sub", "nowhere"), 12),
    "parent-is-file": ("sub/state", lambda work: write(work / "sub"), 12),
    "in-strange-folder": (STRANGE, lambda work: (work / STRANGE).mkdir(), 0),
    "too-long": ("k" * 256, None, 12),
}


def secret_file(stage, name):
    path = stage.work / name if name else None
    return path if path and path.is_file() and not path.is_symlink() else None


def content(path):
    return path.read_bytes() if path else b""


def check_secret_file(trial, path):
    if path and (path.stat().st_mode & 0o777 != 0o600 or not SECRET.fullmatch(content(path))):
        trial.found("leak", "the secret file is open to others, or holds more than the secret")


def kinds(work):
    """Every name below the folder, with what it is and which."""
    return {str(path.relative_to(work)): (path.lstat().st_mode, path.lstat().st_ino)
            for path in work.rglob("*")}


def play_path(operation, path, prepare, code, made, words=(), prefix=()):
    """What stood there before is there after, as it was, but for the file that was made."""
    def played(workshop):
        with workshop.stage() as stage:
            if prepare:
                prepare(stage.work)
            before = kinds(stage.work)
            trial = Trial(stage, operation)
            ran = trial.run("--secret-file", path, *words, prefix=prefix, limit_seconds=LIMIT_SECONDS)
            after = kinds(stage.work)
            changed = {name for name in before | after if before.get(name) != after.get(name)} - {made}
            if changed:
                trial.found("leftover", f"something else changed in the folder: {changed}")
            if any(content(path) != b"old" for path in stage.work.glob("elsewhere")):
                trial.found("leak", "a file of another name was written to")
            file = secret_file(stage, made)
            check_secret_file(trial, file)
            return judge(trial, ran, {code}, content(file), file)
    return played


def play_state(operation, place, prepare, code):
    def played(workshop):
        with workshop.stage() as stage:
            if prepare:
                prepare(stage.work)
            trial = Trial(stage, operation)
            usual, stage.state = stage.state, stage.work / place
            ran = trial.run(limit_seconds=LIMIT_SECONDS)
            if code == 12:  # Where nothing can be kept, nothing can be recovered either.
                stage.state = usual
            return judge(trial, ran, {code if operation.mints else 0})
    return played


def play_under_way(operation, words, codes, prepare, act, put_back=None):
    """`act(stage)` changes the surroundings while the answer is awaited."""
    def played(workshop):
        with workshop.stage() as stage:
            prepare(stage.work)
            trial = Trial(stage, operation)
            trial.add_fault(when="after", delay="300ms")
            running = trial.until_request(lambda: trial.start(*words))
            act(stage)
            ran = running.wait(LIMIT_SECONDS)
            if put_back:
                put_back(stage)
                # A record that was out of reach when its secret was handed over is settled twice.
                recover(trial)
            if any(content(path) != b"old" for path in stage.work.glob("elsewhere")):
                trial.found("leak", "a file of another name was written to")
            holds = [path for path in stage.work.rglob("*.key") if secret_file(stage, path)
                     and SECRET.search(content(path))]
            file = holds[0] if holds else None
            check_secret_file(trial, file)
            return judge(trial, ran, codes, content(file) if words else None, file)
    return played


def replace_by(make):
    def act(stage):
        (stage.work / "sub").rename(stage.work / "moved")
        make(stage.work)
    return act


def drop_temporary(stage, make=None):
    for path in (stage.work / "sub").glob(".*"):
        path.unlink()
        if make:
            make(path)


def rename_pending(stage):
    stage.pending.rename(stage.folder / "aside")


def restore_pending(stage):
    if stage.pending.is_dir() and not stage.pending.is_symlink():
        stage.pending.rmdir()
    stage.pending.unlink(missing_ok=True)
    (stage.folder / "aside").rename(stage.pending)


def replace_pending(stage):
    rename_pending(stage)
    stage.pending.mkdir(0o700)


def link_pending(stage):
    rename_pending(stage)
    stage.pending.symlink_to(stage.folder / "aside")


def drop_pending(stage):
    for path in stage.pending.iterdir():
        path.unlink()
    stage.pending.rmdir()


IN_SUB = ("--secret-file", "sub/app.key")


def nothing(work):
    """Leaves the folder as it is."""


def make_sub(work):
    (work / "sub").mkdir()


def under_way():
    """Name → the words, how the run ends, what is made before, what is done, what is done after."""
    for name, (make, is_replaced) in THINGS.items():
        def appear(stage, make=make):
            make(stage.work)
        # What comes in between may be replaced as well, but never written through.
        forced = {0} if is_replaced else {9} if name == "folder" else {0, 9}
        if f"{name}-appears" not in HELD:
            yield f"{name}-appears", (("--secret-file", FILE), {9}, nothing, appear, None)
        yield f"{name}-appears-forced", (("--secret-file", FILE, "--force"), forced, nothing, appear, None)
    # What was opened has moved: the secret is there, or is kept.
    yield "folder-renamed", (IN_SUB, {0, 9}, make_sub, replace_by(nothing), None)
    yield "folder-linked", (IN_SUB, {0, 9}, make_sub, replace_by(lambda work: link(work / "sub", "moved")), None)
    yield "folder-dangling", (IN_SUB, {0, 9}, make_sub, replace_by(lambda work: link(work / "sub", "gone")), None)
    yield "folder-is-file", (IN_SUB, {0, 9}, make_sub, replace_by(lambda work: write(work / "sub")), None)
    yield "temporary-removed", (IN_SUB, {0, 9}, make_sub, drop_temporary, None)
    yield "temporary-replaced", (IN_SUB, {9}, make_sub, lambda stage: drop_temporary(stage, write), None)
    yield "temporary-linked", (IN_SUB, {9}, make_sub, lambda stage: drop_temporary(
        stage, lambda path: link(path, "elsewhere")), None)
    for name, act in (("renamed", rename_pending), ("replaced", replace_pending), ("linked", link_pending)):
        yield f"state-{name}", ((), {0}, nothing, act, restore_pending)
    yield "state-removed", ((), {0}, nothing, drop_pending, None)
    # What is said to be kept is kept.
    yield "state-removed-and-sink-fails", (("--secret-command", "exit 1"), {9}, nothing, drop_pending, None)


def paths_cells(programs, operation, is_long):
    shift = len(operation.name)

    def chosen(cells, every):
        return (cell for place, cell in enumerate(cells) if is_long or (place + shift) % every == 0)

    def cell(name, play, seconds=0.4):
        return Cell(f"{operation.name}/paths/{name}", play, seconds)

    yield from chosen((cell(f"state:{name}", play_state(operation, *state)) for name, state in STATES.items()), 3)
    if not operation.mints:
        return
    places = [cell(name, play_path(operation, *path)) for name, path in PATHS.items()]
    for name, (make, is_replaced) in THINGS.items():
        if name not in HELD:
            places.append(cell(name, play_path(operation, FILE, make, 12, None)))
        if f"{name}-forced" not in HELD:
            code, made = (0, FILE) if is_replaced else (12, None)
            places.append(cell(f"{name}-forced", play_path(operation, FILE, make, code, made, ("--force",))))
    places.append(cell("working-folder-gone", play_path(operation, FILE, None, 12, None, prefix=NOWHERE)))
    yield from chosen(places, 4)
    moving = {name: cell(name, play_under_way(operation, *what), 0.8) for name, what in under_way()}
    always = [name for name in moving if name.startswith("temporary-") or name.endswith("-fails")]
    yield from (moving[name] for name in always)
    yield from chosen((moving[name] for name in moving if name not in always), 3)
