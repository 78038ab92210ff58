"""Row 2: no answer, a lost one, or one that says no."""

import email.utils
import json
import time

from cells import Cell
from judge import Trial, judge
from stage import wait_until

CREDIT = json.dumps({"code": 8, "details": [], "message":
                     "Your team c9a0c990-53e6-491e-8df7-b9f18e6983ac has either used all available credits "
                     "or reached its monthly spending limit."})
# What a refusal of the service is to a script.
REFUSALS = {400: 5, 401: 4, 403: 4, 404: 3, 409: 5, 412: 5, 422: 5}
# Never a refusal, whoever says so.
OPEN = frozenset({408, 425, 499})
# Bodies that do not come from the service: of a proxy, or with a code that does not fit the status.
FOREIGN = {"html": ("<html><body>No.</body></html>", "text/html"), "text": ("No.", "text/plain"),
           "empty": ("", "text/html"), "code-13": ('{"code":13,"message":"No.","details":[]}', "application/json"),
           "no-code": ('{"error":"No."}', "application/json")}
# In the short form: a status and a body of each kind.
CHOSEN = {(404, "html"), (407, "empty"), (413, "text"), (429, "html"), (429, "code-13"), (499, "no-code")}
CHOSEN_STATUSES = {status for status, _ in CHOSEN}


def play(operation, codes, requests, more=(), **fault):
    """A cell with one fault; `requests` is how often the operation may be sent, None for any."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            trial.add_fault(**{name: value() if callable(value) else value
                               for name, value in fault.items()})
            before = stage.emulator.requests(operation.commit)
            ran = trial.run(*more, limit_seconds=120)
            sent = stage.emulator.requests(operation.commit) - before
            if requests is not None and sent != requests:
                trial.found("duplicate", f"{sent} requests instead of {requests}")
            return judge(trial, ran, codes)
    return played


def shows(trial):
    """Whether the list has caught up with what was done."""
    keys = trial.stage.emulator.keys()
    if trial.operation.name == "update":
        return keys[trial.key_id]["qps"] == 77
    if trial.operation.name == "delete":
        return trial.key_id not in keys
    return {each["apiKeyId"] for each in trial.commits()} <= keys.keys()


def play_lagging(operation):
    """The answer is lost, and the list lags behind: what cannot be seen yet is not given up."""
    def played(workshop):
        with workshop.stage("--propagation", "0s", "--list-lag", "3s") as stage:
            trial = Trial(stage, operation)
            wait_until(lambda: operation.name == "create" or trial.key_id in stage.emulator.keys())
            trial.add_fault(when="after", reset=True)
            ran = trial.run()
            listed = stage.run("recover", "--output", "json")
            if any("--forget" in each["next"] for each in json.loads(listed.out)):
                trial.found("lost", "recover proposes at once to forget a key that the list does not show yet")
            wait_until(lambda: shows(trial), 10)
            codes = {"create": {8}, "rotate": {8}, "update": {0, 8}, "delete": {0}}[operation.name]
            return judge(trial, ran, codes)
    return played


def in_two_seconds():
    return {"Retry-After": email.utils.formatdate(time.time() + 2, usegmt=True)}


def answers_cells(programs, operation, is_long):
    def cell(name, codes, seconds=0.3, requests=None, more=(), **fault):
        return Cell(f"{operation.name}/answers/{name}", play(operation, codes, requests, more, **fault), seconds)

    once = 1 if operation.mints else None
    # What can be looked up is, and what was not done is done again.
    looked_up = {8} if operation.mints else {0}
    for when in ("before", "after"):
        if is_long and operation.mints:
            # The limit of its own: 90 s until the first byte.
            yield cell(f"hang-{when}-unlimited", {8}, 95, 1, when=when, delay="95s")
        # With the limit up nothing can be looked at any more.
        yield cell(f"hang-{when}", {8}, 3, 1, ("--timeout", "1s"), when=when, delay="2s")
        yield cell(f"reset-{when}", looked_up, 1, once, when=when, reset=True)
        is_lost = operation.mints or when == "before"
        always = {8} if is_lost else {0}
        yield cell(f"always-reset-{when}", always, 2, once, when=when, reset=True, times=0)
        for status in (408, 500, 502, 503, 504, 599):
            yield cell(f"{status}-{when}", looked_up, 1, once, when=when, status=status)
            if is_long or status == 503:
                yield cell(f"always-{status}-{when}", always, 2, once, when=when, status=status, times=0)
    yield Cell(f"{operation.name}/answers/lost-and-list-lags", play_lagging(operation), 5)
    for status, code in REFUSALS.items():
        yield cell(f"{status}", {code}, 0.3, 1, status=status)

    for status in range(400, 500):
        for form, (body, kind) in FOREIGN.items():
            if (status, form) not in CHOSEN and not (is_long and (form == "html" or status in CHOSEN_STATUSES)):
                continue
            for when in ("before", "after"):
                # What was made is seen; what was not made is not repeated, but for what is always open.
                is_settled = not operation.mints and (status in OPEN or when == "after")
                yield cell(f"{status}-{form}-{when}", {0} if is_settled else {8}, 0.5, once, when=when,
                           status=status, body=body, headers={"Content-Type": kind})
    if operation.name != "rotate":
        codes = {8} if operation.mints else {0}
        yield cell("429-after", codes, 2, once, when="after", status=429)

    is_repeated = operation.name != "rotate"
    waits = {"plain": {}, "seconds": {"Retry-After": "1"}, "date": in_two_seconds,
             "nonsense": {"Retry-After": "soon"}, "negative": {"Retry-After": "-5"},
             "past": {"Retry-After": "Sat, 01 Jan 2000 00:00:00 GMT"}}
    for name, headers in waits.items():
        yield cell(f"429-{name}", {0} if is_repeated else {6}, 2, 2 if is_repeated else 1,
                   status=429, headers=headers)
    yield cell("429-always", {6}, 2, 3 if is_repeated else 1, status=429, times=0)
    for name, after in {"year": "31536000", "huge": "9" * 40,
                        "far-date": "Fri, 31 Dec 2999 23:59:59 GMT"}.items():
        yield cell(f"429-{name}", {6}, 0.3, 1, status=429, headers={"Retry-After": after})
    yield cell("429-credit", {5}, 0.3, 1, status=429, body=CREDIT, times=0)
