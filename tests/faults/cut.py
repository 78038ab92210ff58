"""Row 3: the answer cut after every byte of it, orderly and by a reset."""

import contextlib

from cells import Cell
from judge import SECRET, Trial, judge
from servers import relay
from stage import Workshop


def measure(workshop, operation):
    """The length of the operation's answer, and the span of the secret in it."""
    seen = []

    def spoil(connection, request, forward):
        seen.append(forward())
        connection.sendall(seen[-1])
        return True

    with workshop.stage() as stage, relay(stage, operation, spoil):
        Trial(stage, operation).run()
    answer = seen[0]
    body = answer.index(b"\r\n\r\n") + 4
    secret = SECRET.search(answer)
    return len(answer), body, secret.span() if secret else (body, body)


def play(operation, bytes_left, by_reset, codes):
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            trial.add_fault(when="after", cutAt=bytes_left, reset=by_reset)
            return judge(trial, trial.run(), codes)
    return played


def cut_cells(programs, operation, is_long):
    with contextlib.closing(Workshop(programs)) as workshop:
        length, body, secret = measure(workshop, operation)
    edges = (0, body, length, *secret)
    for by_reset in (False, True):
        for cut in range(length + 1):
            is_sampled = cut % 16 == 0 or any(abs(cut - edge) <= 2 for edge in edges)
            if not is_long and not is_sampled:
                continue
            # The quote behind the secret proves that it is whole.
            is_whole = cut == length or not operation.mints or cut > secret[1]
            codes = {0} if is_whole else {8}
            if is_whole and by_reset and operation.mints:
                codes = {0, 8}  # A reset may overtake bytes that were sent before it.
            yield Cell(f"{operation.name}/cut/{'reset' if by_reset else 'fin'}:{cut}",
                       play(operation, cut, by_reset, codes))
