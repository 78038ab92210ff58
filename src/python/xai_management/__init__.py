"""Client for the xAI Management API: the API keys of a team, what they can reach, and what they cost.

    from xai_management import XAIManagement, XAIRegion

    client = XAIManagement(management_key="...", team_id="...", region=XAIRegion.US_EAST_1)
    key = client.create_api_key("My App", ["api-key:model:*", "api-key:endpoint:*"])

Answers are dicts with the service's own members, under the names of its reference; members that
this version does not know are kept. Integers of 64 bits, such as ``tpm`` and all cents, are
strings, as the service sends them; some cents stand in an object, ``{"val": "-1000"}``.
Every call ends within 30 seconds and raises XAIManagementError when it fails. What is safe to
send again is sent again; a key is never made twice. Threads may share a client, and so may a
process and its forks.

Source of every call: Management API; Accounts and Authorization, Billing, Audit.
"""

import os
from enum import Enum

from . import _core
from ._core import __version__
from ._errors import XAIManagementError, error_of
from ._times import local_text, month_of, time_text

__all__ = ["XAIManagement", "XAIManagementError", "XAIRegion", "__version__", "get_region_choices"]


class XAIRegion(str, Enum):
    """Some inference clusters. The team's own list is ``XAIManagement.get_available_regions()``."""

    US_EAST_1 = "us-east-1"
    US_WEST_2 = "us-west-2"
    EU_WEST_1 = "eu-west-1"
    AP_SOUTHEAST_1 = "ap-southeast-1"
    AUTO = "api"


def get_region_choices():
    # type: () -> List[str]
    """The values of XAIRegion. Other names may be given as a region too."""
    return [region.value for region in XAIRegion]


_MODEL_KINDS = ("languageModels", "embeddingModels", "imageGenerationModels", "audioModels", "videoGenerationModels")


class _Headers(dict):
    """The headers of a request, which print without the key."""

    def __repr__(self):
        return repr({**self, "Authorization": "Bearer ***"})


class XAIManagement:
    """Sends calls to the Management API for one team.

    management_key: else XAI_MANAGEMENT_KEY, else XAI_MANAGEMENT_API_KEY.
    team_id: else XAI_TEAM_ID, else the team that the key acts for, which the service is asked.
    region: where API keys are used, an XAIRegion or its string; else XAI_API_REGION, else AUTO.
        The Management API itself has one host for all regions.
    base_url: else XAI_MANAGEMENT_BASE_URL, else https://management-api.x.ai.

    Raises ValueError without a management key, or when the team can be found nowhere.
    """

    def __init__(self, management_key=None, team_id=None, region=None, base_url=None):
        # From here on no variable holds the key as text, which a traceback could show.
        # type: (Optional[str], Optional[str], Union[XAIRegion, str, None], Optional[str]) -> None
        management_key = _secret_key(management_key)
        if not management_key:
            raise ValueError("management_key is required: pass it or set XAI_MANAGEMENT_KEY")
        self._client = _core.Client(
            management_key,
            team_id or os.environ.get("XAI_TEAM_ID", ""),
            region or os.environ.get("XAI_API_REGION", "") or XAIRegion.AUTO,
            base_url or os.environ.get("XAI_MANAGEMENT_BASE_URL", ""),
            os.environ.get("XAI_INFERENCE_BASE_URL", ""),
        )
        if not self._client.team_id:
            try:
                self._client.ask_team_id()
            except XAIManagementError as error:
                raise ValueError(f"team_id is required: pass it or set XAI_TEAM_ID ({error})") from error

    def __repr__(self):
        return f"XAIManagement(team_id={self.team_id!r}, base_url={self.base_url!r})"

    @property
    def management_key(self):
        # type: () -> str
        """The management key itself."""
        return self._client.management_key

    @property
    def team_id(self):
        # type: () -> str
        """The team that all calls are about."""
        return self._client.team_id

    @property
    def region(self):
        # type: () -> Union[XAIRegion, str]
        """Where API keys are used: an XAIRegion, or the string of one that it lacks."""
        name = self._client.region
        if name == "auto":
            return XAIRegion.AUTO
        return XAIRegion(name) if name in get_region_choices() else name

    @property
    def base_url(self):
        # type: () -> str
        """Where calls go, without ``/`` at the end."""
        return self._client.base_url

    @property
    def headers(self):
        # type: () -> Dict[str, str]
        """The headers of a call, for requests of one's own. A copy; it prints without the key."""
        return _Headers({"Authorization": f"Bearer {self.management_key}", "Content-Type": "application/json"})

    def create_api_key(self, name, acls=None, qps=5, qpm=100, tpm=None):
        # type: (str, Optional[Sequence[str]], Optional[int], Optional[int], Union[int, str, None]) -> Dict[str, Any]
        """Makes an API key; the answer's ``apiKey`` is its secret, told this once.

        acls: grants such as ``api-key:model:grok-4`` and ``api-key:endpoint:chat``; a call needs
            one of each. None is every model and every endpoint.
        qps, qpm, tpm: queries per second, queries per minute, tokens per minute; None is no limit.

        Sent again only when the first request provably did not arrive, or was throttled.
        Errors: invalid_argument (empty name), permission_denied, resource_exhausted.
        """
        if acls is None:
            acls = ["api-key:model:*", "api-key:endpoint:*"]
        tpm = None if tpm in (None, "") else int(tpm)
        return self._client.call("createApiKey", {"name": name, "acls": acls, "qps": qps, "qpm": qpm, "tpm": tpm})

    def list_api_keys(self, page_size=10, pagination_token=""):
        # type: (Optional[int], str) -> Dict[str, Any]
        """One page of the team's keys: ``apiKeys``, and ``paginationToken`` unless it is the last.

        page_size: keys on a page; None is all keys on one page.
        pagination_token: that of the page before; empty for the first page.

        Errors: permission_denied, not_found (a team that is not the key's own).
        """
        return self._client.call("listApiKeys", {"pageSize": page_size, "paginationToken": pagination_token})

    def update_api_key(self, api_key_id, updates, fields):
        # type: (str, Mapping[str, Any], Sequence[str]) -> Dict[str, Any]
        """Changes the members of a key that ``fields`` names, and no other; the key as it is then.

        updates: new values under the service's names: name, disabled, expireTime (a string or an
            aware datetime), qps, qpm, tpm, aclStrings (all grants, not only new ones).
        fields: names of the members to change. One without a value, or with None, is cleared.

        Sent again after looking what is there.
        Errors: not_found, invalid_argument (no fields, one that cannot be changed),
        permission_denied. ValueError for values that cannot be sent.
        """
        import json

        return self._client.call(
            "updateApiKey",
            {"apiKeyId": api_key_id, "apiKey": json.dumps(updates, default=time_text), "fieldMask": fields},
            names={"apiKey": "updates", "fieldMask": "fields"},
        )

    def rotate_api_key(self, api_key_id, expire_time=None, old_secret_expire_time=None):
        # type: (str, Union[str, date, datetime, None], Union[str, date, datetime, None]) -> Dict[str, Any]
        """Gives a key a new secret, told this once as ``apiKey``; its id stays.

        expire_time: of the new secret, a string in RFC 3339 or an aware datetime; None inherits.
        old_secret_expire_time: when the old secret stops working; None is in 24 hours, and 7 days
            is the most.

        Never sent again unless the first request provably did not leave.
        Errors: not_found, invalid_argument (an overlap of more than 7 days), permission_denied.
        """
        return self._client.call("rotateApiKey", {
            "apiKeyId": api_key_id,
            "expireTime": time_text(expire_time),
            "oldSecretExpireTime": time_text(old_secret_expire_time),
        })

    def delete_api_key(self, api_key_id):
        # type: (str) -> bool
        """Deletes a key for good; True.

        Sent again after looking whether the key is still there.
        Errors: not_found, permission_denied.
        """
        self._client.call("deleteApiKey", {"apiKeyId": api_key_id})
        return True

    def check_propagation_status(self, api_key_id):
        # type: (str) -> Dict[str, Any]
        """``icPropagation``: inference host to whether the key is known there.

        A slight delay after a change is normal.
        Errors: not_found, permission_denied.
        """
        return self._client.call("checkApiKeyPropagation", {"apiKeyId": api_key_id})

    def list_available_models(self):
        """``clusterConfigs``: the team's models per cluster, with prices and limits.

        Token prices are in 1e-8 US cents for one token.
        Errors: permission_denied, not_found.
        """
        return self._client.call("listTeamModels")

    def list_available_endpoints(self):
        """``acls``: the endpoint grants that the team may put on a key.

        Errors: permission_denied, not_found.
        """
        return self._client.call("listPossibleEndpointAcls")

    def get_available_regions(self):
        # type: () -> Dict[str, List[str]]
        """Region to its model names: ``auto`` with those of all clusters, then each cluster.

        Errors: permission_denied, not_found.
        """
        answer = self._client.call("listTeamModels", is_checked=True)
        regions = {"auto": []}
        for cluster in answer.get("clusterConfigs") or ():
            kinds = (cluster.get(kind) or () for kind in _MODEL_KINDS)
            regions[cluster.get("clusterName", "")] = [model.get("name", "") for models in kinds for model in models]
        names = (name for names in regions.values() for name in names)
        regions["auto"] = list(dict.fromkeys(names))
        return regions

    def get_api_key_info(self, api_key):
        # type: (str) -> Dict[str, Any]
        """An API key as the inference host sees it, whose names are in snake_case.

        api_key: the secret itself. A blocked or disabled key may answer too: see the flags.

        Asks the host of the client's region, or XAI_INFERENCE_BASE_URL.
        Errors: unauthenticated, permission_denied. Source: REST API reference, api-key.
        """
        api_key = _core.Secret(api_key)
        return self._client.call("getInferenceApiKeyInfo", {"apiKey": api_key})

    def get_prepaid_balance(self):
        """The posted prepaid ledger: ``changes``, and ``total`` in cents, where credit is negative.

        Spending is posted when its billing cycle closes, so in the middle of a cycle ``total``
        shows more than is really left.
        Errors: permission_denied, not_found (another team, or one without prepaid billing).
        """
        return self._client.call("getPrepaidBalance")

    def preview_postpaid_invoice(self):
        """The invoice of the running billing cycle as it stands now, the freshest figures there are.

        Cents of credit left: ``prepaidCreditsUsed`` minus ``prepaidCredits`` of ``coreInvoice``,
        both of which are negative.
        Errors: permission_denied, not_found or invalid_argument (a team without postpaid billing).
        """
        return self._client.call("previewPostpaidInvoice")

    def list_invoices(self, billing_cycle=None, since=None, invoice_ids=()):
        # type: (Union[str, date, None], Union[str, date, None], Sequence[str]) -> Dict[str, Any]
        """``invoices``: all of them, or those of one filter, in no documented order.

        billing_cycle, since: one month, and all from a month on: a date in it, or ``"2025-11"``.
        invoice_ids: those invoices.

        Errors: permission_denied, not_found. ValueError for more than one filter.
        """
        if sum(bool(each) for each in (billing_cycle, since, invoice_ids)) > 1:
            raise ValueError("give one of billing_cycle, since and invoice_ids")
        year, month = month_of(billing_cycle, "billing_cycle")
        since_year, since_month = month_of(since, "since")
        return self._client.call("listInvoices", {
            "billingCycle.year": year,
            "billingCycle.month": month,
            "since.year": since_year,
            "since.month": since_month,
            "invoiceIds.invoiceIds": invoice_ids,
        })

    def get_spending_limits(self):
        """``spendingLimits``: the limits on postpaid spending, in cents a month; 0 is prepaid only.

        Errors: permission_denied, not_found or invalid_argument (a team without postpaid billing).
        """
        return self._client.call("getSpendingLimits")

    def list_payment_methods(self):
        """``paymentMethods`` on file. Nothing tells which one is the default.

        Errors: permission_denied, not_found.
        """
        return self._client.call("listPaymentMethods")

    def get_billing_info(self):
        """``billingInfo``: name, address, mail and tax number of who is billed.

        Errors: permission_denied, not_found.
        """
        return self._client.call("getBillingInfo")

    def analyze_usage(self, start_time, end_time, timezone="Etc/GMT", time_unit="TIME_UNIT_DAY",
                      values=(("usd", "AGGREGATION_SUM"),), group_by=(), filters=()):
        # type: (Union[str, date, datetime], Union[str, date, datetime], str, str, Sequence[Tuple[str, str]], Sequence[str], Sequence[str]) -> Dict[str, Any]
        """``timeSeries`` of past usage. If ``limitReached``, series are missing and sums no totals.

        start_time, end_time: local times of the zone, the end excluded: a date, a datetime without
            a time zone, or ``"2025-10-01 00:00:00"``.
        timezone: an IANA name, such as ``America/New_York``.
        time_unit: the width of a point; ``TIME_UNIT_NONE`` gives one.
        values: (metric, aggregation) pairs; each point has one number per pair. Only ``usd`` is
            known to work. It is in dollars, as a float: ``Decimal(str(number))`` has its digits.
        group_by: one series per value of these; empty gives one series. ``description`` is known to work.
        filters: conditions that must all hold, such as ``api_key_id:…``.

        Errors: invalid_argument (an unknown metric or group), permission_denied, not_found.
        """
        return self._client.call("analyzeUsage", {"analyticsRequest": {
            "timeRange": {"startTime": local_text(start_time), "endTime": local_text(end_time), "timezone": timezone},
            "timeUnit": time_unit,
            "values": [{"name": name, "aggregation": aggregation} for name, aggregation in values],
            "groupBy": group_by,
            "filters": filters,
        }})

    def list_audit_events(self, page_size=50, page_token="", user_id="", query="", event_id="",
                          event_time_from=None, event_time_to=None, order_by=""):
        # type: (Optional[int], str, str, str, str, Union[str, date, datetime, None], Union[str, date, datetime, None], str) -> Dict[str, Any]
        """One page of the audit log: ``events``, and ``nextPageToken`` unless it is the last.

        page_size: events on a page; None is as many as the service likes.
        page_token: that of the page before; empty for the first page.
        user_id, query, event_id: only events of this user, with these words, or this one.
        event_time_from, event_time_to: strings in RFC 3339 or aware datetimes.
        order_by: ``TIME_ASCENDING`` or ``TIME_DESCENDING``.

        Errors: permission_denied, not_found (another team, or one without an audit log).
        """
        return self._client.call("listAuditEvents", {
            "pageSize": page_size,
            "pageToken": page_token,
            "eventFilter.userId": user_id,
            "eventFilter.query": query,
            "eventFilter.eventId": event_id,
            "eventTimeFrom": time_text(event_time_from),
            "eventTimeTo": time_text(event_time_to),
            "orderBy": order_by,
        })

    def all_audit_events(self, user_id="", query="", event_id="", event_time_from=None, event_time_to=None,
                         order_by=""):
        # type: (str, str, str, Union[str, date, datetime, None], Union[str, date, datetime, None], str) -> Iterator[Dict[str, Any]]
        """Every event of the audit log, one after the other, fetched a page at a time.

        Arguments are those of list_audit_events.
        Errors: those of list_audit_events, malformed_response (a list that does not end).
        """
        token, seen = "", set()
        while True:
            page = self.list_audit_events(100, token, user_id, query, event_id, event_time_from, event_time_to,
                                          order_by)
            token = page.get("nextPageToken") or ""
            if token in seen:
                raise error_of("the list does not end: its page token came a second time", "malformed_response",
                               200, "unanswered")
            yield from page.get("events") or ()
            if not token:
                return
            seen.add(token)


def _secret_key(given):
    """The key that was given, or the environment's, without the blanks that come with pasting."""
    if given:
        return _core.Secret(given.strip() if isinstance(given, str) else given)
    first, second = (os.environ.get(name, "").strip() for name in ("XAI_MANAGEMENT_KEY", "XAI_MANAGEMENT_API_KEY"))
    if first and second and first != second:
        import warnings

        warnings.warn("XAI_MANAGEMENT_KEY and XAI_MANAGEMENT_API_KEY differ; the first one is used", stacklevel=3)
    return _core.Secret(first or second)
