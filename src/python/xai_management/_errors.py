"""What a call raises when it fails."""

import sys


class XAIManagementError(Exception):
    """A call that failed, and what became of it. No secret is in it.

    message: what failed, one line, with the status and the service's own words.
    code: the kind of failure, such as ``not_found``, ``permission_denied``, ``unavailable``.
    http_status: the answer's status; None when no answer came.
    outcome: ``not_sent``, ``refused``, ``throttled`` or ``unanswered`` (nothing changed), ``done``,
        or ``unknown`` (a change may have been made: look before trying again).
    request_id: the service's own id of the request; None when it sent none.
    next: what to do about it; may be None.

    A script that has imported requests can also catch it as
    ``requests.exceptions.RequestException``; its ``response`` is None then.
    """

    __module__ = "xai_management"

    def __init__(self, message, code="unknown", http_status=None, outcome="unknown", request_id=None, next=None):
        # type: (str, str, int | None, str, str | None, str | None) -> None
        super().__init__(message)
        self.message = message
        self.code = code
        self.http_status = http_status
        self.outcome = outcome
        self.request_id = request_id
        self.next = next

    def __str__(self):
        return f"{self.message}; {self.next}" if self.next else self.message

    def __reduce__(self):
        # The class below cannot be found by name, and another process may lack requests.
        return error_of, (self.message, self.code, self.http_status, self.outcome, self.request_id, self.next)


_classes = {}


def _class_to_raise():
    """XAIManagementError, made a RequestException as well where the script may look for one.

    requests is never imported from here: it would cost more than all the rest.
    """
    requests = sys.modules.get("requests.exceptions")
    base = getattr(requests, "RequestException", None)
    if base is None:
        return XAIManagementError
    if base not in _classes:
        members = {"__module__": XAIManagementError.__module__, "__doc__": XAIManagementError.__doc__}
        _classes[base] = type("XAIManagementError", (XAIManagementError, base), members)
    return _classes[base]


def error_of(*values):
    """The exception to raise, from the values of XAIManagementError."""
    return _class_to_raise()(*values)
