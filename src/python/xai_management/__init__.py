"""Client for the xAI Management API: the API keys of a team, what they can reach, and what they cost.

    from xai_management import XAIManagement, XAIRegion

    client = XAIManagement(management_key="...", team_id="...", region=XAIRegion.US_EAST_1)
    key = client.create_api_key("My App", ["api-key:model:*", "api-key:endpoint:*"])

Answers are dicts with the service's own members, under the names of its reference; members that
this version does not know are kept. Integers of 64 bits, such as ``tpm`` and all cents, are
strings, as the service sends them; some cents stand in an object, ``{"val": "-1000"}``. Their types
are in ``xai_management.types``. What is worked out from several answers (``balance``, ``usage``,
``wait_until_ready``, ``unfinished``) has money as Decimal in USD, and times as datetime.
Every call ends within ``timeout`` seconds and raises XAIManagementError, or the subclass of its
kind, when it fails. What is safe to send again is sent again; a key is never made twice. Threads
may share a client, and so may a process and its forks. AsyncXAIManagement has the same calls for
asyncio.

Source of every call: Management API; Accounts and Authorization, Billing, Audit.
"""

from ._access import AccessCalls
from ._api_keys import ApiKeyCalls
from ._audit import AuditCalls
from ._billing import BillingCalls
from ._connection import Connection
from ._core import __version__
from ._errors import (
    AbortedError,
    AlreadyExistsError,
    CancelledError,
    DataLossError,
    DeadlineExceededError,
    FailedPreconditionError,
    InternalError,
    InvalidArgumentError,
    MalformedResponseError,
    NotFoundError,
    OutOfRangeError,
    PermissionDeniedError,
    ResourceExhaustedError,
    UnauthenticatedError,
    UnavailableError,
    UnimplementedError,
    UnknownError,
    XAIManagementError,
    XAIManagementWarning,
)
from ._region import XAIRegion, get_region_choices
from ._secret_file import SecretFile
from ._unfinished import UnfinishedCalls

__all__ = [
    "AbortedError",
    "AlreadyExistsError",
    "AsyncXAIManagement",
    "CancelledError",
    "DataLossError",
    "DeadlineExceededError",
    "FailedPreconditionError",
    "InternalError",
    "InvalidArgumentError",
    "MalformedResponseError",
    "NotFoundError",
    "OutOfRangeError",
    "PermissionDeniedError",
    "ResourceExhaustedError",
    "SecretFile",
    "UnauthenticatedError",
    "UnavailableError",
    "UnimplementedError",
    "UnknownError",
    "XAIManagement",
    "XAIManagementError",
    "XAIManagementWarning",
    "XAIRegion",
    "__version__",
    "get_region_choices",
]


class XAIManagement(ApiKeyCalls, UnfinishedCalls, AccessCalls, BillingCalls, AuditCalls, Connection):
    """Sends calls to the Management API for one team.

    management_key: else XAI_MANAGEMENT_KEY, else XAI_MANAGEMENT_API_KEY.
    team_id: else XAI_TEAM_ID, else the team that the key acts for, which the service is asked.
    region: where API keys are used, an XAIRegion or its string; else XAI_API_REGION, else AUTO.
        The Management API itself has one host for all regions.
    base_url: else XAI_MANAGEMENT_BASE_URL, else https://management-api.x.ai.
    timeout: seconds, or a timedelta, for all attempts of one request; None is no limit.
    max_retries: how often a request that may be sent again is sent again.
    ca_file: certificates to trust, as PEM, in place of the system's.
    state_folder: where create_api_key and rotate_api_key keep the record of a secret that goes to a
        file; else ``$XDG_STATE_HOME/xai-management`` or below ``~/.local/state``, as ``manage_xai`` has
        it. Empty keeps none: an answer or a delivery that is lost loses the secret.
    log: takes a line for every request and answer.
    trace: takes requests and answers in full, secrets struck out; lines that end in a line break.
    on_event: takes dicts whose ``event`` is ``Attempt``, for every attempt of a request, with its
        ``operation``, ``duration``, ``httpStatus`` and ``requestId``; or, of calls of several requests,
        ``PageRead``, ``ClustersAsked``, ``SecretTried`` or ``AliasResolved``. What a call goes on in
        spite of is a warning of the class XAIManagementWarning.

    Hooks run on the thread of their call. What one raises is reported on stderr and ends nothing.
    Raises ValueError without a management key, or when the team can be found nowhere.
    """

    def __enter__(self):
        # type: () -> XAIManagement
        return self

    def __exit__(self, *_):
        # type: (object) -> None
        self.close()


def __getattr__(name):
    # asyncio would cost more to import than all the rest.
    if name == "AsyncXAIManagement":
        from ._asyncio import AsyncXAIManagement

        return AsyncXAIManagement
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
