"""Row 14: the service's clock is ahead of ours or behind, ours is set, time passes: what an operation
may have made is found by the service's clock, and nothing else is taken for it."""

import contextlib
import datetime
import itertools
import json
import re

from cells import Cell
from judge import OPERATIONS, Trial, check_run, judge
from servers import relay

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86400
# Seconds by which the service's clock is ahead of ours.
LEADS = (0, SECOND, -SECOND, 90, -90, 3 * HOUR, -3 * HOUR, 40 * DAY, -40 * DAY)
# Seconds that pass on both clocks before anybody recovers; and by which ours is set meanwhile.
LATERS = (0, 4 * MINUTE, 6 * MINUTE, 25 * HOUR, 3 * DAY)
SETS = (0, SECOND, -SECOND, 2 * HOUR, -2 * HOUR, 40 * DAY, -40 * DAY)
# Seconds by which the service's clock is set while the request is under way.
SLIPS = (SECOND, -SECOND)
# How long a list may not show yet what was made.
LIST_LAG = 5 * MINUTE
START_TIME = re.compile(r'(?<="startTime":")[^"]+')


def text_of(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def set_clock(stage, seconds):
    """The service's clock, that far ahead of ours."""
    now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    status, answer = stage.emulator.call("POST", "/_emulator/clock", {"now": text_of(now)})
    if status != 200:
        raise RuntimeError(f"the clock cannot be set: {answer}")


def move_starts(stage, seconds):
    """Lets records have begun that much earlier by our clock, as if it had moved on."""
    for path in stage.records():
        text = path.read_text()
        for start in {*START_TIME.findall(text)}:
            began = datetime.datetime.fromisoformat(start) - datetime.timedelta(seconds=seconds)
            text = text.replace(f'"startTime":"{start}"', f'"startTime":"{text_of(began)}"')
        path.write_text(text)


def begin(stage, operation, lead):
    """A trial, with a key of the same name that was there long before."""
    set_clock(stage, lead - HOUR)
    trial = Trial(stage, operation)
    if operation.name == "create":
        stage.emulator.make_key(trial.name)
        trial.before = max(each["sequence"] for each in stage.emulator.commits())
    set_clock(stage, lead)
    return trial


def check_listed(trial, later):
    """What recover says of it, before anything is done about it."""
    listed = trial.stage.run("recover", "--output", "json")
    findings = json.loads(listed.out) if listed.code == 0 else []
    if listed.code != 0 or len(findings) != 1:
        trial.found("code", f"recover does not list one operation: exit {listed.code}: {listed.err.strip()}")
        return
    ids, proposed = findings[0].get("apiKeyIds", []), findings[0]["next"]
    expected = [trial.key_id] if trial.key_id else [each["apiKeyId"] for each in trial.commits()]
    if set(expected) - set(ids):
        trial.found("lost", f"recover does not find the key that was made: {findings[0]}")
    if set(ids) - set(expected):
        trial.found("duplicate", f"recover takes another key for the one that was made: {findings[0]}")
    if not expected and ("--forget" in proposed) != (later > LIST_LAG):
        trial.found("lost", f"after {later} s recover proposes {proposed!r}")


def play(operation, lead, when, later, ours):
    def played(workshop):
        with workshop.stage("--propagation", "0s") as stage:
            trial = begin(stage, operation, lead)
            trial.add_fault(when=when, reset=True)
            ran = trial.run()
            if operation.mints:
                for name in (trial.name + "0", trial.name[:-1], trial.name.upper()):
                    stage.emulator.make_key(name)
                set_clock(stage, lead + later)
                move_starts(stage, later + ours)
                check_listed(trial, later)
            return judge(trial, ran, {8} if operation.mints else {0})
    return played


def play_slipping(operation, lead, slip):
    """The service's clock moves between what was learnt of it and the change."""
    def played(workshop):
        with workshop.stage("--propagation", "0s") as stage, contextlib.ExitStack() as stack:
            trial = begin(stage, operation, lead)

            def spoil(connection, request, forward):
                set_clock(stage, lead + slip)
                forward()
                return False

            server = stack.enter_context(relay(stage, operation, spoil))
            ran = trial.run()
            server.spoil = None
            if operation.mints:
                check_listed(trial, 0)
            return judge(trial, ran, {8} if operation.mints else {0})
    return played


def play_overlap(operation, lead):
    """A second rotation is refused until the overlap is over by the service's clock, and then not."""
    def played(workshop):
        with workshop.stage("--propagation", "0s") as stage:
            trial = begin(stage, operation, lead)
            check_run(trial, trial.run(), {0})
            for later, code in ((23 * HOUR, 5), (25 * HOUR, 0)):
                set_clock(stage, lead + later)
                ran = trial.run()
                check_run(trial, ran, {code})
                if code == 5 and stage.emulator.owner_of(trial.old_secret) != trial.key_id:
                    trial.found("lost", "the old secret ended before its overlap was over")
            return trial.problems
    return played


def play_expiry(operation, lead):
    """A span and a time of `--expires` mean what they say by the service's clock."""
    def played(workshop):
        with workshop.stage("--propagation", "0s") as stage:
            trial = begin(stage, operation, lead)
            theirs = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=lead)
            past, ahead = (text_of(theirs + datetime.timedelta(seconds=span)) for span in (-HOUR, HOUR))
            more = ("--end-overlap",) if operation.name == "rotate" else ()
            for expires, codes in ((past, {2}), (ahead, {0}), ("2h", {0})):
                before = len(trial.commits())
                check_run(trial, trial.run("--expires", expires, *more), codes)
                if len(trial.commits()) != before + (codes == {0}):
                    trial.found("code", f"--expires {expires}: {len(trial.commits()) - before} commits")
            states = json.loads(stage.run("list-keys", "--output", "json").out)
            ends = [key.get("expireTime") or "" for key in states if key["name"] == trial.name]
            if any(end and datetime.datetime.fromisoformat(end) < theirs for end in ends):
                trial.found("code", f"a key is expired as soon as it is made: {ends}")
            return trial.problems
    return played


def clocks_cells(programs, operation, is_long):
    def cell(name, play):
        return Cell(f"{operation.name}/clocks/{name}", play, 0.5)

    if operation.name != "delete":
        for lead in LEADS if is_long else LEADS[5:7]:
            yield cell(f"expires:{lead:+}", play_expiry(operation, lead))
    whens = ("before", "after")
    if not operation.mints:
        for lead, when in itertools.product(LEADS if is_long else LEADS[-2:], whens):
            yield cell(f"{when}:{lead:+}", play(operation, lead, when, 0, 0))
        return
    everything = [(lead, later, ours) for lead, later, ours in itertools.product(LEADS, LATERS, SETS)
                  if 0 in (later, ours)]
    # Each of all three comes by in the short form, for one operation or another.
    shift = list(OPERATIONS).index(operation.name)
    sample = [(LEADS[(n + shift) % len(LEADS)], LATERS[(n + 3 * shift) % len(LATERS)],
               SETS[(2 * n + shift) % len(SETS)]) for n in range(6)]
    for place, (lead, later, ours) in enumerate(everything if is_long else sample):
        for when in whens if is_long else whens[place % 2:][:1]:
            yield cell(f"{when}:{lead:+}:later:{later}:ours:{ours:+}", play(operation, lead, when, later, ours))
    for lead, slip in itertools.product(LEADS if is_long else LEADS[:1], SLIPS):
        yield cell(f"slipping:{lead:+}:{slip:+}", play_slipping(operation, lead, slip))
    if operation.name == "rotate":
        for lead in LEADS if is_long else LEADS[-2:]:
            yield cell(f"overlap:{lead:+}", play_overlap(operation, lead))
