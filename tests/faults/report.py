"""The counts of a run: as a line, and as the page docs/reliability.md."""


def summary(results, seconds):
    bad = sum(1 for problems in results.values() if problems)
    return f"faults: {len(results)} cells, {bad} with problems, in {seconds:.0f} s"
