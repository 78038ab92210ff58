"""The calls about money and usage."""

from ._arguments import pairs_of, texts_of
from ._times import local_text, month_of, time_text


class BillingCalls:
    def balance(self):
        # type: () -> Balance
        """The credit that is really left, and how long it lasts. Money is Decimal, in USD.

        ``liveCredit`` is what the running cycle has left of the prepaid credit; ``postedCredit`` is the
        ledger's, which settles when the cycle closes. ``runway["days"]`` and ``["until"]``, a date, are
        there where its ``state`` is ``known``. A figure that the service left out is None, never 0.

        Warns when usage cannot be read; there is no runway then.
        Errors: not_found (a team with neither prepaid nor postpaid billing), permission_denied.
        """
        return self._client.balance()

    def usage(self, since=None, until=None, timezone="UTC", every="day", by="none", filters=()):
        # type: (Union[str, date, timedelta, None], Union[str, date, None], str, UsageUnit, UsageGrouping, Sequence[str]) -> UsageReport
        """Usage in USD, summed up exactly: by bucket, by group and as a total.

        since: a date of the zone, an aware datetime, or a string of either; or a span that ends now,
            of which 30 days are today and the 29 days before it. None is 30 days.
        until: where it ends; the day of a date belongs to it. None is the end of today.
        timezone: an IANA name, whose clocks cut the buckets.
        every: ``quarter_hour``, ``hour``, ``day``, ``week``, ``month`` or ``whole_window``.
        by: a series for each ``description`` or ``api_key``; ``none`` is one of all usage.
        filters: as in analyze_usage.

        If ``isPartial``, series are missing and no sum is a total. Warns when names of keys cannot be read.
        Errors: invalid_argument, with reason unknown_zone, ambiguous_time or empty_window where it is
        the window; permission_denied, not_found, malformed_response.
        """
        if since is None:
            since = 30 * 86400
        elif hasattr(since, "total_seconds"):
            since = int(since.total_seconds())
            if since <= 0:
                raise ValueError("since must be a span of more than 0")
            if until is not None:
                raise ValueError("a span ends now: give since as a date or a time to use until")
        else:
            since = time_text(since, "since", "a str, a date, an aware datetime, a timedelta or None")
        return self._client.usage(since, time_text(until, "until"), timezone, every, by, texts_of(filters, "filters"))

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
        # type: (Union[str, date, None], Union[str, date, None], Sequence[str]) -> ...
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
        # type: (Union[str, date], Union[str, date], str, str, Sequence[Tuple[str, str]], Sequence[str], Sequence[str]) -> ...
        """``timeSeries`` of past usage. If ``limitReached``, series are missing and sums no totals.

        start_time, end_time: local times of the zone, the end excluded: a date, a datetime without
            a time zone, or a string of either, such as ``2025-10-01`` or ``2025-10-01 00:00:00``.
        timezone: an IANA name, such as ``America/New_York``.
        time_unit: the width of a point; ``TIME_UNIT_NONE`` gives one.
        values: (metric, aggregation) pairs; each point has one number per pair. Only ``usd`` is
            known to work. It is in dollars, as a float: ``Decimal(str(number))`` has its digits.
        group_by: one series per value of these; empty gives one series. ``description`` is known to work.
        filters: conditions that must all hold, such as ``api_key_id:…``.
        A single string does for one of group_by and of filters.

        Errors: invalid_argument (an unknown metric or group), permission_denied, not_found.
        """
        return self._client.call("analyzeUsage", {"analyticsRequest": {
            "timeRange": {
                "startTime": local_text(start_time, "start_time"),
                "endTime": local_text(end_time, "end_time"),
                "timezone": timezone,
            },
            "timeUnit": time_unit,
            "values": [{"name": name, "aggregation": aggregation} for name, aggregation in pairs_of(values, "values")],
            "groupBy": texts_of(group_by, "group_by"),
            "filters": texts_of(filters, "filters"),
        }})
