"""Row 13: options and variables that are empty, as an unset shell variable leaves them, or malformed."""

import itertools
import re
import subprocess

from cells import Cell
from judge import OPERATIONS, Trial, check_message, check_run, judge
from stage import KEY

# `--name NAME`, `-q, --quiet`, `--wait[=SPAN]` and arguments, as the help of a command lists them.
OPTION = re.compile(r"^  (?:-\w, )?(--[a-z-]+)(\[=| )([A-Z]+)(?=\]|\s)", re.MULTILINE)
ARGUMENT = re.compile(r"^  KEY  ", re.MULTILINE)
# By what the help calls a value, and for some options beside that.
MALFORMED = {
    "N": ("-1", "1.5", "1e3", "0x10", " 5", "5k", "99999999999999999999"),
    "SPAN": ("soon", "-5m", "5x", "h", "1h 5m", "99999999999999999999d"),
    "WHEN": ("soon", "-5d", "2027-02-30", "2027-13-01", "2027-01-01T25:00:00Z", "99999999999999999999d"),
    "FORMAT": ("xml", "JSON", "json,text"),
    "URL": ("ftp://127.0.0.1", "127.0.0.1", "http://", "http://127.0.0.1:99999", "http://far.example"),
    "--overlap": ("8d",),
    "--secret-env": ("A-B", "1A", "A=B", "A B"),
    "--name": ("\udcff",),
}
# Variables that count as unset when they are empty, and how the run ends then.
UNSET = {"XAI_MANAGEMENT_KEY": 4, "XAI_MANAGEMENT_API_KEY": 0, "XAI_TEAM_ID": 0, "XAI_API_REGION": 0,
         "XAI_INFERENCE_BASE_URL": 0, "XDG_STATE_HOME": 0, "XDG_CONFIG_HOME": 0, "HOME": 0, "TMPDIR": 0,
         "NO_COLOR": 0, "SSL_CERT_FILE": 0, "SSL_CERT_DIR": 0, "CURL_CA_BUNDLE": 0, "HTTPS_PROXY": 0,
         "http_proxy": 0, "NO_PROXY": 0, "SSLKEYLOGFILE": 0, "TERM": 0}


def all_requests(stage):
    return sum(stage.emulator.ledger()["requests"].values())


def check_refusal(trial, words, name):
    """The words are a usage error that names the option, in one line, before anything happens."""
    stage = trial.stage
    before = all_requests(stage)
    ran = stage.run(*words)
    if all_requests(stage) != before:
        trial.found("code", f"something was sent with {words}")
    if name not in ran.err or len(ran.err.splitlines()) != 1:
        trial.found("message", f"not one line that names {name}: {ran.err!r}")
    if ran.out:
        trial.found("leak", f"output of {words}: {ran.out[:100]!r}")
    if made := [path.name for path in stage.folder.rglob("*") if path.is_file()]:
        trial.found("leftover", f"{words} made {made}")
    return ran


def play_words(operation, name, forms):
    """`forms(words)` yields the words of runs that are all refused, and change nothing together."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            *others, last = [check_refusal(trial, words, name) for words in forms(trial.words())]
            for ran in others:
                check_run(trial, ran, {2})
                check_message(trial, ran)
            return judge(trial, last, {2})
    return played


def empty_forms(option, is_optional):
    """Behind all others and before them: of those that come twice the last one would else count."""
    def forms(words):
        yield [*words, f"{option}="]
        yield [words[0], f"{option}=", *words[1:]]
        if not is_optional:
            yield [*words, option, ""]
            # As an unset variable without quotes leaves it.
            yield [words[0], option, "--quiet", *words[1:]]
    return forms


def malformed_form(word):
    return lambda words: [[*words, word]]


def empty_key(words):
    yield [words[0], "", *words[2:]]
    yield [words[0], *words[2:], "--", ""]


def play_unset(operation, variable, code):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            return judge(trial, trial.run(environment={variable: ""}), {code})
    return played


def play_other_key(operation):
    """What the empty variable would have outranked counts."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            environment = {"XAI_MANAGEMENT_KEY": "", "XAI_MANAGEMENT_API_KEY": KEY}
            return judge(trial, trial.run(environment=environment), {0})
    return played


def play_without_home(operation):
    """Nowhere to keep a record: nothing that mints is sent."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            ran = trial.run(environment={"HOME": "", "XDG_STATE_HOME": ""})
            return judge(trial, ran, {12 if operation.mints else 0})
    return played


def values_cells(programs, operation, is_long):
    def cell(name, play):
        return Cell(f"{operation.name}/values/{name}", play, 0.2)

    command = f"{operation.name}-key"
    text = subprocess.run([f"{programs}/manage_xai", command, "--help"], capture_output=True, text=True,
                          check=True).stdout
    common = text.index("Global options")
    # In the short form what all commands have comes by for one of them.
    turns = itertools.cycle(OPERATIONS)
    for found in OPTION.finditer(text):
        option, join, kind = found.groups()
        if not is_long and found.start() > common and next(turns) != operation.name:
            continue
        yield cell(f"empty{option[1:]}", play_words(operation, option, empty_forms(option, join == "[=")))
        values = MALFORMED.get(kind, ()) + MALFORMED.get(option, ())
        # A URL may come from a variable as well; what is wrong with it is told the same way.
        name = "" if kind == "URL" else option
        for place, value in enumerate(values):
            # In the short form one of each kind; all kinds of values come by for one option or another.
            if is_long or place == len(option) % len(values):
                yield cell(f"malformed{option[1:]}-{place}",
                           play_words(operation, name, malformed_form(f"{option}={value}")))
    if ARGUMENT.search(text):
        yield cell("empty-key", play_words(operation, "KEY", empty_key))
    for variable, code in UNSET.items():
        if is_long or variable.startswith(("XAI_", "XDG_")):
            yield cell(f"unset-{variable}", play_unset(operation, variable, code))
    yield cell("unset-for-another-key", play_other_key(operation))
    yield cell("unset-homes", play_without_home(operation))
