"""Scripted servers about money and the audit log: one per state of a team worth telling apart."""

import json
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

# Every answer is of this moment, so that what is told from the clock stays the same.
NOW = datetime(2026, 11, 23, 12, 0, 0, tzinfo=timezone.utc)
HEADERS = "Content-Type: application/json\r\nDate: Mon, 23 Nov 2026 12:00:00 GMT\r\n"


def answer(body, status="200 OK"):
    text = (body if isinstance(body, str) else json.dumps(body)).encode()
    head = f"HTTP/1.1 {status}\r\n{HEADERS}Connection: close\r\nContent-Length: {len(text)}\r\n\r\n"
    return head.encode() + text


def refused(status, code, message):
    return answer({"code": code, "message": message, "details": []}, status)


def cents(amount):
    return {"val": str(amount)}


def preview(**figures):
    invoice = {"lines": [], "amountBeforeVat": "11666", "vatCost": "0", "amountAfterVat": "11666",
               "autoCreditsIssued": "0", "defaultCreditsIssued": "0", "totalWithCorr": cents(11666),
               "prepaidCredits": cents(-16847), "prepaidCreditsUsed": cents(-11666)}
    invoice.update(figures)
    return {"coreInvoice": {name: value for name, value in invoice.items() if value is not None},
            "effectiveSpendingLimit": "20000", "defaultCredits": "0",
            "billingCycle": {"year": 2026, "month": 11}}


def change(origin, amount, when, **more):
    return {"teamId": "c9a0c990-53e6-491e-8df7-b9f18e6983ac", "changeOrigin": origin,
            "amount": cents(amount), "createTime": when, **more}


LEDGER = {"changes": [change("PURCHASE", -20000, "2026-08-01T10:00:00Z", topupStatus="SUCCEEDED"),
                      change("SPEND", 3153, "2026-11-01T00:10:00Z", spendBpKeyYear=2026,
                             spendBpKeyMonth=10)],
          "total": cents(-16847)}


def series(values, group=(), days=31):
    """A point for every day up to today; `values` are the last ones, as JSON numbers in text."""
    texts = ["0"] * (days - len(values)) + list(values)
    midnight = NOW.replace(hour=0)
    points = ",".join(
        '{"timestamp":"%s","values":[%s]}'
        % ((midnight - timedelta(days=days - 1 - i)).strftime("%Y-%m-%dT%H:%M:%SZ"), text)
        for i, text in enumerate(texts))
    return '{"group":%s,"groupLabels":%s,"dataPoints":[%s]}' % (
        json.dumps(list(group)), json.dumps(list(group)), points)


def usage(*all_series, limit_reached=False):
    return '{"timeSeries":[%s],"limitReached":%s}' % (
        ",".join(all_series), json.dumps(limit_reached))


# 102.00 USD on 15 of 30 days: 3.40 a day when the others count, 6.80 when they do not.
EVERY_OTHER_DAY = series(["6.80", "0"] * 15 + ["5.00"])
MODELS = usage(series(["0.75973725", "2.10", "0", "12.5", "3"], ["Chat grok-4-0709"]),
               series(["0", "0.0001037", "0", "1.25", "0"], ["Chat grok-4-fast-non-reasoning"]),
               series(["0.14", "0", "0", "0.07", "0"], ["grok-2-image-1212"]))
MANY = usage(*(series([f"{20 - i}.{i:02d}", "1.5"], [f"Chat model-{i:02d}"]) for i in range(11)))
KEY_IDS = ["fe15b799-32e1-4d02-9e65-80236f9995f7", "faf5f6c2-5322-4793-9b74-23129addca0c"]
BY_KEY = usage(series(["1.10", "2.20"], [KEY_IDS[0]]), series(["0.30", "0"], [KEY_IDS[1]]))
KEYS = {"apiKeys": [{"apiKeyId": KEY_IDS[0], "name": "prod \x1b[31mweb", "aclStrings": []}]}
ESCAPES = usage(series(["1"], ["\x1b[31mred\u202eexe"]), series(["2"], ['=SUM(A1),"x"']))


def team(balance=None, invoice=None, used=None, **more):
    """A server by the end of the path. `more` is for other ends, `_` standing for `-`."""
    ends = {"balance": answer(balance) if balance else answer("", "404 Not Found"),
            "preview": answer(invoice) if invoice else refused("404 Not Found", 5, "Not Found"),
            "usage": answer(used or usage()), "api-keys": answer(KEYS)}
    ends.update({name.replace("_", "-"): value for name, value in more.items()})

    def reply(_method, target):
        return ends.get(urlsplit(target).path.rsplit("/", 1)[1], refused("404 Not Found", 5, "Not Found"))
    return reply


def event(number, when, user=True):
    one = {"eventTime": when, "eventId": f"550e8400-e29b-41d4-a716-44665544{number:04d}",
           "description": f"API key 'key {number}' was created"}
    if user:
        one["user"] = {"userId": "user-123", "email": "admin@example.com", "givenName": "John",
                       "familyName": "Doe"}
    return one


# The middle three happened at the same time, and the third page brings one of them again.
EVENTS = [event(1, "2026-11-20T08:00:00Z"), event(2, "2026-11-21T09:00:00Z"),
          event(3, "2026-11-21T09:00:00Z"), event(4, "2026-11-21T09:00:00Z", user=False),
          event(5, "2026-11-22T10:30:00.250000Z")]


def audit(_method, target):
    """Pages of two events, by time."""
    asked = parse_qs(urlsplit(target).query)
    first = asked.get("eventTimeFrom", [""])[0]
    events = [one for one in EVENTS if one["eventTime"] >= first]
    if asked.get("orderBy", ["TIME_DESCENDING"])[0] == "TIME_DESCENDING":
        events.reverse()
    size = min(2, int(asked.get("pageSize", ["2"])[0]))
    start = int(asked.get("pageToken", ["0"])[0] or 0)
    page = events[start:start + size]
    if start >= 2 and not first:
        page = [events[start - 1], *page]
    following = str(start + size) if start + size < len(events) else ""
    return answer({"events": page, "nextPageToken": following})


def audit_that_breaks(method, target):
    return audit(method, target) if "pageToken" not in target else refused(
        "403 Forbidden", 7, "no longer")


GROUPING = refused("400 Bad Request", 3, "Failed to query_billing_items(), Invalid argument provided.")
INVOICE = {"teamId": "c9a0c990-53e6-491e-8df7-b9f18e6983ac", "invoiceId": "b2xkZXI=",
           "invoiceNumber": "062-446-653-166", "createTime": "2026-09-02T10:00:00Z",
           "invoiceStatus": "FAILED", "chargerAttempts": [], "lines": [], "subtotal": "1000",
           "tax": "190", "total": "1190", "prepaid": {}}
NEWER = {**INVOICE, "invoiceId": "bmV3ZXI=", "invoiceNumber": "742-250-927-721",
         "createTime": "2026-11-01T10:00:00Z", "invoiceStatus": "PENDING", "total": "1250000",
         "monthly": {"billingCycle": {"year": 2026, "month": 10}}}
del NEWER["prepaid"]

SERVERS = {
    "money": team(LEDGER, preview(), usage(EVERY_OTHER_DAY),
                  invoices=answer({"invoices": [INVOICE, NEWER]})),
    "money-overdrawn": team(LEDGER, preview(prepaidCreditsUsed=cents(-17200)), usage(EVERY_OTHER_DAY)),
    "money-overdrawn-ledger": team({"changes": [], "total": cents(320)}, preview(), usage()),
    "money-idle": team(LEDGER, preview()),
    "money-new": team({"changes": [change("PURCHASE", -1000, "2026-11-23T09:00:00Z")], "total": cents(-1000)},
                      preview(prepaidCredits=cents(-1000), prepaidCreditsUsed=cents(-40), totalWithCorr=cents(40)),
                      usage(series(["0.40"]))),
    "money-young": team({"changes": [change("PURCHASE", -10000, "2026-11-18T09:00:00Z")], "total": cents(-10000)},
                        preview(prepaidCredits=cents(-10000), prepaidCreditsUsed=cents(-1000)),
                        usage(series(["10", "0", "0", "0"]))),
    "money-missing": team(LEDGER, preview(prepaidCreditsUsed=None), usage(EVERY_OTHER_DAY)),
    "money-no-prepaid": team(None, preview(prepaidCredits=cents(0), prepaidCreditsUsed=cents(0)),
                             usage(EVERY_OTHER_DAY)),
    "money-no-postpaid": team(LEDGER, None, usage(EVERY_OTHER_DAY)),
    "money-none": team(),
    "money-no-usage": team(LEDGER, preview(), usage=refused("403 Forbidden", 7, "not allowed")),
    "usage": team(used=MODELS),
    "usage-many": team(used=MANY),
    "usage-by-key": team(used=BY_KEY),
    "usage-by-key-only": team(used=BY_KEY, api_keys=refused("403 Forbidden", 7, "not allowed")),
    "usage-partial": team(used=usage(EVERY_OTHER_DAY, limit_reached=True)),
    "usage-refused": team(usage=GROUPING),
    "usage-empty": team(),
    "usage-escapes": team(used=ESCAPES),
    "audit": audit,
    "audit-breaks": audit_that_breaks,
}
