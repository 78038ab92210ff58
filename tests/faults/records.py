"""Row 16: the state folder in disorder, before an operation and before recover: nothing hangs, a good
record beside a bad one is recovered, and what was put back is recovered, too."""

import contextlib
import json
import os
import shutil

from cells import Cell
from judge import SECRET, Trial, check_message, check_run, judge, recover, secrets_in

LIMIT_SECONDS = 10
OTHERS_ID = 65534
FAILING_SINK = ("--secret-command", "cat > /dev/null; exit 1")
# What the state folder holds, by its place in it.
FOLDERS = {"state": ".", "management": "xai-management", "pending": "xai-management/pending"}
FILES = {"minted": "xai-management/minted", "overlaps": "xai-management/overlaps"}
NEWER = '{{"version":99,"operation":"createApiKey","subject":{{"name":"n"}},"secret":"{}"}}\n'


def remove(path):
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


@contextlib.contextmanager
def replaced(path, aside, make):
    """Something else stands in the place, or nothing; afterwards what was there is back."""
    path.rename(aside)
    make(path, aside)
    try:
        yield
    finally:
        remove(path)
        aside.rename(path)


@contextlib.contextmanager
def owned(path, user, mode):
    before = path.stat()
    os.chown(path, user, -1)
    path.chmod(mode)
    try:
        yield
    finally:
        if path.exists():
            os.chown(path, before.st_uid, -1)
            path.chmod(before.st_mode & 0o7777)


def with_text(change):
    return lambda path, aside: path.write_bytes(change(aside.read_bytes()))


def half(content):
    text = content.rstrip(b" \n\0")
    return text[:len(text) // 2]


def newer(content):
    secret = SECRET.search(content)
    return NEWER.format(secret[0].decode() if secret else "").encode()


# Of both, of folders, and of files.
DISORDERS = {
    "missing": lambda path, aside: None,
    "fifo": lambda path, aside: os.mkfifo(path),
    "link": lambda path, aside: path.symlink_to(aside),
    "dangling": lambda path, aside: path.symlink_to("nowhere"),
    "loop": lambda path, aside: path.symlink_to(path.name),
}
OF_FOLDERS = {"empty": lambda path, aside: path.mkdir(), "file": lambda path, aside: path.write_text("x")}
OF_FILES = {"empty": lambda path, aside: path.touch(), "folder": lambda path, aside: path.mkdir(),
            "garbage": lambda path, aside: path.write_bytes(bytes(range(256)) * 40),
            "endless-line": lambda path, aside: path.write_bytes(b"[" * (3 << 20)),
            "half": with_text(half)}
OF_RECORDS = {"newer": with_text(newer)}
MODES = {"open": (0, 0o666), "foreign": (OTHERS_ID, 0)}


def disorder(stage, path, name):
    if name in MODES:
        user, mode = MODES[name]
        return owned(path, user, mode | 0o111 if path.is_dir() and mode else mode)
    makers = DISORDERS | (OF_FILES | OF_RECORDS if path.is_file() else OF_FOLDERS)
    return replaced(path, stage.folder / "aside", makers[name])


def keep_secret(stage, *words):
    """Leaves a record with an undelivered secret; its file."""
    before = set(stage.records())
    ran = stage.run(*words, *FAILING_SINK)
    made = set(stage.records()) - before
    if ran.code != 9 or len(made) != 1:
        raise RuntimeError(f"no secret was kept: exit {ran.code}: {ran.err}")
    return made.pop()


def secret_of(path):
    return SECRET.search(path.read_bytes())[0].decode()


def set_up(stage, operation):
    """The files of two undelivered secrets, good and other; and the folder has all that it may have."""
    good = keep_secret(stage, "create-key", "--name", "good", "--all-models", "--all-endpoints")
    key_id, _ = stage.emulator.make_key("other")
    words = ["rotate-key", key_id] if operation.name == "rotate" else [
        "create-key", "--name", "other", "--all-models", "--all-endpoints"]
    other = keep_secret(stage, *words)
    stage.run("rotate-key", stage.emulator.make_key("third")[0])
    known = {stage.state / place for place in (*FOLDERS.values(), *FILES.values())}
    if strange := set(stage.state.rglob("*")) - known - {good, other}:
        raise RuntimeError(f"no cell puts these in disorder: {strange}")
    return good, other


def path_of(stage, target, other):
    return other if target == "record" else stage.state / (FOLDERS | FILES)[target]


def play_before_run(operation, target, name, codes):
    def played(workshop):
        with workshop.stage() as stage:
            good, other = set_up(stage, operation)
            secrets = {secret_of(good), secret_of(other)}
            trial = Trial(stage, operation)
            with disorder(stage, path_of(stage, target, other), name):
                ran = trial.run(limit_seconds=LIMIT_SECONDS)
            if missing := secrets - set(recover(trial)):
                trial.found("lost", f"{len(missing)} secrets of before are not recovered")
            return judge(trial, ran, codes)
    return played


def check_list(trial, codes, path, good, is_near):
    """What recover says; and that it hands over the good secret, where its record can be read."""
    stage = trial.stage
    listed = stage.run("recover", "--output", "json", limit_seconds=LIMIT_SECONDS)
    check_run(trial, listed, codes)
    check_message(trial, listed)
    if listed.code == 12 and path.name not in listed.err + listed.out.decode():
        trial.found("message", f"exit 12 does not name {path.name}: {listed.err}")
    # What can be read is listed also beside what cannot.
    names = [finding["record"] for finding in json.loads(listed.out or "[]")]
    if is_near and good.stem not in names:
        trial.found("lost", f"the good record is not listed: {listed.err or names}")
    ran = stage.run("recover", limit_seconds=LIMIT_SECONDS)
    check_run(trial, ran, codes)
    check_message(trial, ran)
    return names


def play_before_recover(operation, target, name, codes):
    def played(workshop):
        with workshop.stage() as stage:
            good, other = set_up(stage, operation)
            good_secret, other_secret = secret_of(good), secret_of(other)
            trial = Trial(stage, operation)
            path = path_of(stage, target, other)
            got = []
            with disorder(stage, path, name):
                names = check_list(trial, codes, path, good, target not in FOLDERS)
                if good.stem in names:
                    ran = stage.run("recover", good.stem, "--deliver", limit_seconds=LIMIT_SECONDS)
                    check_run(trial, ran, {0})
                    got += secrets_in(ran.out)
            got += recover(trial)
            for which, secret in (("good", good_secret), ("other", other_secret)):
                if secret not in got:
                    trial.found("lost", f"the {which} secret is not recovered")
            if stage.records():
                trial.found("leftover", "a record stays after recover")
            return trial.problems
    return played


MOMENTS = {False: ("run", play_before_run), True: ("recover", play_before_recover)}


def names_of(target):
    if target in FOLDERS:
        return [*DISORDERS, *OF_FOLDERS, *MODES]
    return [*DISORDERS, *OF_FILES, *(OF_RECORDS if target == "record" else ()), *MODES]


def codes_of(operation, target, name, is_recovering):
    """What is no folder can hold no record; a record that cannot be read is named, but stops nobody."""
    if not operation.mints:
        return {0}
    if target in FOLDERS:
        return {12} if name in ("fifo", "file", "dangling", "loop") else (
            {0, 12} if name in ("link", "foreign") else {0})
    is_readable = name in ("missing", "half", "newer", "open")
    return {12} if target == "record" and is_recovering and not is_readable else {0}


def records_cells(programs, operation, is_long):
    # Updates and deletes keep no record.
    targets = (*FOLDERS, *FILES, "record") if operation.mints else FOLDERS
    every = 11 if operation.mints else 14
    for target in targets:
        for place, name in enumerate(names_of(target)):
            for is_recovering in (False, True) if operation.mints else (False,):
                # In the short form each disorder comes by somewhere.
                shift = len(target) + len(operation.name) + 3 * is_recovering
                if is_long or (place + shift) % every == 0:
                    moment, play = MOMENTS[is_recovering]
                    codes = codes_of(operation, target, name, is_recovering)
                    yield Cell(f"{operation.name}/records/{moment}:{target}:{name}",
                               play(operation, target, name, codes), 0.6)
