"""The counts of a run: as a line, and as the page docs/reliability.md."""

import collections

from cells import ROWS
from judge import MEMORY_KIB_MAX, OPERATIONS

COLUMNS = {"lost": "lost", "duplicate": "duplicates", "code": "wrong codes", "message": "wrong words",
           "leak": "leaks", "leftover": "leftovers", "memory": "too much memory"}


def is_bad(problems):
    return any(problem.kind != "not run" for problem in problems)


def summary(results, seconds):
    bad = sum(is_bad(problems) for problems in results.values())
    not_run = sum(any(problem.kind == "not run" for problem in problems) for problems in results.values())
    left_out = f", {not_run} not run" if not_run else ""
    return f"faults: {len(results)} cells, {bad} with problems{left_out}, in {seconds:.0f} s"


def table(heads, lines):
    """Markdown; all columns but the first are numbers."""
    yield "| " + " | ".join(heads) + " |"
    yield "|---|" + "---:|" * (len(heads) - 1)
    for line in lines:
        yield "| " + " | ".join(str(cell) for cell in line) + " |"


def counts_of(results):
    """(row, operation) → how many cells ran."""
    return collections.Counter((cell.row, cell.operation) for cell, problems in results.items()
                               if not any(problem.kind == "not run" for problem in problems))


def line_of_row(results, row, what):
    counts = counts_of(results)
    problems = [problem.kind for cell, found in results.items() if cell.row == row
                for problem in {each.kind: each for each in found}.values()]
    return [f"{what} (`{row}`)", *(counts[row, name] or "–" for name in OPERATIONS),
            *(problems.count(kind) for kind in COLUMNS)]


def named(results, title, is_meant):
    """A list of cells and what was found of them; nothing when there are none."""
    lines = sorted({f"- `{cell.name}`: {problem.text.splitlines()[0]}" for cell, problems in results.items()
                    for problem in problems if is_meant(problem)})
    return ["", title, "", *lines] if lines else []


def facts(results):
    """What may be said of this run; a sentence that a problem contradicts is left out."""
    kinds = {problem.kind for problems in results.values() for problem in problems}
    bad_rows = {cell.row for cell, problems in results.items() if problems}
    sentences = [(True, MEANINGS)]
    for row, text in ROW_FACTS.items():
        sentences.append((row not in bad_rows, text.format(reuse=counts_of(results)["reuse", "create"])))
    sentences.append(("memory" not in kinds, MEMORY_FACT.format(memory=MEMORY_KIB_MAX >> 10)))
    sentences.append((True, OTHER_TESTS))
    return [line for is_true, text in sentences if is_true for line in text.splitlines()]


def page(results):
    lines = [line_of_row(results, row, what) for row, what in ROWS.items()]
    total = ["all", *(sum(count for (_, name), count in counts_of(results).items() if name == operation)
                      for operation in OPERATIONS),
             *(sum(line[len(OPERATIONS) + 1 + place] for line in lines) for place in range(len(COLUMNS)))]
    return "\n".join([
        *HEAD.splitlines(), "",
        *table(["what goes wrong", *OPERATIONS, *COLUMNS.values()], [*lines, total]),
        *named(results, "What was wrong:", lambda problem: problem.kind != "not run"),
        *named(results, "Not run on the machine that wrote this page:",
               lambda problem: problem.kind == "not run"),
        "", *facts(results), ""])


HEAD = """# What happens when things go wrong

`create-key`, `rotate-key`, `update-key` and `delete-key` are made to fail in every way below. Each
cell drives the release programs, as built, against the emulator on loopback or a server that
misbehaves; afterwards it does what `manage_xai recover` proposes. The emulator's ledger, not the
program, says what really happened.

This page is written by the test. To run it again (as root, with `strace`):

```sh
cmake --preset release && cmake --build build/release
scripts/torture                                     # all of it; rewrites this page
scripts/torture --only create/kill/stdout-pwrite64:2    # one cell, as a failure names it
ctest --test-dir build/release --label-regex faults # the short form: a sample of each row
```

How many cells of each row ran for each operation, and in how many of them something was wrong:"""

MEANINGS = """\
- **Lost**: a secret was minted, and neither was it delivered, nor could `recover` deliver it or
  give the key another that works. **Duplicates**: more changes than runs asked for.
  **Wrong codes**: an exit code other than the manual's, or one that says that nothing changed when
  something had. **Wrong words**: a failure without what failed, what changed and what to do next.
  **Leaks**: the management key or a secret where nobody asked for it, also in base64, hex or URL
  form. **Leftovers**: a record after the end, or a file that holds a secret."""
ROW_FACTS = {
    "cut": """\
- Answers were cut after every single byte of them, head and body, by an orderly end and by a reset.""",
    "kill": """\
- Runs were killed at every system call from the first connection to the exit, but for those that only
  arrange their own memory, threads and signals, with the secret going to standard output, to a file
  and to a command.""",
    "recover": """\
- `recover` itself was killed at every system call from its first look at the records on, and then
  finished what it had begun.""",
    "reuse": """\
- {reuse} creates met a kept connection that closed after the change without a byte of answer:
  {reuse} keys were made.""",
    "values": """\
- Every option that the help of a command lists was given an empty value, joined and apart, and a
  malformed one: each was refused by its name before anything was sent.""",
    "clocks": """\
- The service's clock was up to 40 days ahead of ours or behind, and either moved between the answer
  that was lost and `recover`, which found the key that was made, and took no other one for it.""",
    "again": """\
- The same command was run again after every kind of end: no second key of one run, and no old
  secret that ended before its overlap was over.""",
    "records": """\
- Each thing in the state folder was missing, empty, a FIFO, a folder, a link, open to others,
  another user's, garbage or truncated: no run hung, and what was kept before was recovered.""",
    "paths": """\
- Secret files met links, devices and folders that were moved, replaced and linked while the request
  was under way: no file of another name was written to."""}
MEMORY_FACT = """\
- Answers were up to a gibibyte long, endless, compressed a thousandfold, 200,000 levels deep, or had
  10 MiB of headers; no run, under any answer, took more than {memory} MiB of memory."""
OTHER_TESTS = """\
- Before this page is written, a client has read a secret from the file that
  `rotate-key --wait --secret-file` replaces and used it twice a second at every cluster, without one
  failed request (`tests/faults/rotation_test.py`), and programs that break each promise have been
  caught (`tests/faults/judge_test.py`)."""
