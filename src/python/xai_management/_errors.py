"""What a call raises when it fails: one class, and a subclass of it for each kind of failure."""

import sys


class XAIManagementError(Exception):
    """A call that failed, and what became of it. No secret is in it.

    message: what failed, one line, with the status and the service's own words.
    code: the kind of failure, such as ``not_found``, ``permission_denied``, ``unavailable``; each
        kind has its subclass.
    http_status: the answer's status; None when no answer came.
    outcome: ``not_sent``, ``refused``, ``throttled`` or ``unanswered`` (nothing changed), ``done``,
        or ``unknown`` (a change may have been made: look before trying again).
    request_id: the service's own id of the request; None when it sent none.
    next: what to do about it; may be None.
    reason: what to act upon where the code does not tell, such as ``secret_undelivered``,
        ``ambiguous_name``, ``no_place_for_record``; mostly None.
    retry_after: the seconds after which the service wants to be asked again; None when it did not say.

    A script that has imported requests can also catch it as
    ``requests.exceptions.RequestException``; its ``response`` is None then.
    """

    __module__ = "xai_management"

    def __init__(self, message, code="unknown", http_status=None, outcome="unknown", request_id=None, next=None,
                 reason=None, retry_after=None):
        # type: (str, str, int | None, str, str | None, str | None, str | None, int | None) -> None
        super().__init__(message)
        self.message = message
        self.code = code
        self.http_status = http_status
        self.outcome = outcome
        self.request_id = request_id
        self.next = next
        self.reason = reason
        self.retry_after = retry_after

    def __str__(self):
        return f"{self.message}; {self.next}" if self.next else self.message

    def __reduce__(self):
        # A class that is also of requests cannot be found by name, and another process may lack requests.
        return error_of, (self.message, self.code, self.http_status, self.outcome, self.request_id, self.next,
                          self.reason, self.retry_after)


class CancelledError(XAIManagementError):
    """The call was ended before it was answered."""


class UnknownError(XAIManagementError):
    """A failure of no kind that is known."""


class InvalidArgumentError(XAIManagementError):
    """A value that the service, or a check of ours, does not take. What a check of ours refuses, before
    anything is sent, is a ValueError as well."""


class DeadlineExceededError(XAIManagementError):
    """The time limit of the call was over, or the service's own."""


class NotFoundError(XAIManagementError):
    """There is no such key, team or other thing."""


class AlreadyExistsError(XAIManagementError):
    """There is such a thing already."""


class PermissionDeniedError(XAIManagementError):
    """The management key may not do this."""


class ResourceExhaustedError(XAIManagementError):
    """Too many requests, with ``retry_after`` where the service says it; or no credit is left."""


class FailedPreconditionError(XAIManagementError):
    """The state of things does not allow this; ``reason`` may say what is in the way."""


class AbortedError(XAIManagementError):
    """Another change came in between."""


class OutOfRangeError(XAIManagementError):
    """A value beyond what there is."""


class UnimplementedError(XAIManagementError):
    """The service does not offer this."""


class InternalError(XAIManagementError):
    """The service failed."""


class UnavailableError(XAIManagementError):
    """The service could not be reached, or not for now."""


class DataLossError(XAIManagementError):
    """The service has lost data."""


class UnauthenticatedError(XAIManagementError):
    """The management key is missing or refused."""


class MalformedResponseError(XAIManagementError):
    """The answer was not what the service promises."""


class XAIManagementWarning(UserWarning):
    """What a call went on in spite of, such as usage that could not be read."""

    __module__ = "xai_management"


_by_code = {}
for _class in XAIManagementError.__subclasses__():
    _class.__module__ = "xai_management"
    _name = "".join("_" + letter.lower() if letter.isupper() else letter for letter in _class.__name__)
    _by_code[_name[1:].removesuffix("_error")] = _class

_made = {}


def _class_to_raise(code, outcome):
    """The class of a code, made a ValueError as well where an argument was refused here, and a
    RequestException where the script may look for one.

    requests is never imported from here: it would cost more than all the rest.
    """
    ours = _by_code.get(code, XAIManagementError)
    bases = (ours,)
    requests = sys.modules.get("requests.exceptions")
    if hasattr(requests, "RequestException"):
        bases += (requests.RequestException,)
    if ours is InvalidArgumentError and outcome == "not_sent":
        bases += (ValueError,)
    if len(bases) == 1:
        return ours
    if bases not in _made:
        members = {"__module__": ours.__module__, "__doc__": ours.__doc__}
        _made[bases] = type(ours.__name__, bases, members)
    return _made[bases]


def error_of(message, code="unknown", http_status=None, outcome="unknown", *values):
    """The exception to raise, from the values of XAIManagementError."""
    return _class_to_raise(code, outcome)(message, code, http_status, outcome, *values)
