"""The calls about who did what."""

from ._times import time_text


class AuditCalls:
    def list_audit_events(self, page_size=50, page_token="", user_id="", query="", event_id="",
                          event_time_from=None, event_time_to=None, order_by=""):
        # type: (Optional[int], str, str, str, str, Union[str, date, None], Union[str, date, None], str) -> ...
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
            **_filters(user_id, query, event_id, event_time_from, event_time_to, order_by),
        })

    def all_audit_events(self, user_id="", query="", event_id="", event_time_from=None, event_time_to=None,
                         order_by=""):
        # type: (str, str, str, Union[str, date, None], Union[str, date, None], str) -> Iterator[AuditEvent]
        """Every event of the audit log, one after the other, fetched a page at a time.

        Arguments are those of list_audit_events.
        Errors: those of list_audit_events, malformed_response (a list that does not end).
        """
        arguments = _filters(user_id, query, event_id, event_time_from, event_time_to, order_by)
        for page in self._client.pages("listAuditEvents", arguments):
            yield from page.get("events") or ()


def _filters(user_id, query, event_id, event_time_from, event_time_to, order_by):
    return {
        "eventFilter.userId": user_id,
        "eventFilter.query": query,
        "eventFilter.eventId": event_id,
        "eventTimeFrom": time_text(event_time_from, "event_time_from"),
        "eventTimeTo": time_text(event_time_to, "event_time_to"),
        "orderBy": order_by,
    }
