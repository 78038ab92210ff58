"""Figures read from the emulator without the tools, and reckoned in whole cents or exact decimals."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

import case  # Finds the stage.
from stage import KEY, TEAM

BILLING = f"/v1/billing/teams/{TEAM}"


def read(emulator, end):
    status, answer = emulator.call("GET", f"{BILLING}/{end}")
    if status != 200:
        raise RuntimeError(f"{end} cannot be read: {answer}")
    return answer


def cents(value):
    """Both notations of cents; what is not there stays None."""
    return None if value is None else int(value.get("val", 0) if isinstance(value, dict) else value)


def dollars(amount):
    """`-12.05` for -1205 cents."""
    return f"{'-' if amount < 0 else ''}{abs(amount) // 100}.{abs(amount) % 100:02}"


def to_the_cent(amount):
    """Dollars as text shows them."""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return "<0.01" if amount > 0 and not rounded else str(rounded)


def share(part, whole):
    return f"{(100 * part / whole).quantize(Decimal('0.1'), ROUND_HALF_UP)} %"


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def analyze(emulator, first, end, unit, group_by=(), zone="UTC"):
    """The series for local times from `first` until before `end`, decimals as they were written."""
    body = {"analyticsRequest": {
        "timeRange": {"startTime": f"{first:%F %T}", "endTime": f"{end:%F %T}", "timezone": zone},
        "timeUnit": f"TIME_UNIT_{unit}", "groupBy": list(group_by), "filters": [],
        "values": [{"name": "usd", "aggregation": "AGGREGATION_SUM"}]}}
    connection = emulator.connection
    connection.request("POST", f"{BILLING}/usage", json.dumps(body), {"Authorization": f"Bearer {KEY}"})
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"usage cannot be read: {text}")
    return json.loads(text, parse_float=Decimal, parse_int=Decimal)["timeSeries"]


def used_by_quarter_hour(emulator, first, end, group_by=()):
    """{group: {instant: dollars}} of UTC, to be summed up by any clock."""
    used = {}
    for day in range((end - first).days):
        begin = first + timedelta(days=day)
        for series in analyze(emulator, begin, begin + timedelta(days=1), "QUARTER_HOUR", group_by):
            group = series["group"][0] if series["group"] else ""
            points = used.setdefault(group, {})
            for point in series["dataPoints"]:
                if point["values"][0]:
                    points[moment(point["timestamp"])] = point["values"][0]
    return used


def start_of_bucket(instant, every, zone):
    """When the hour, day, week or month of the zone began in which the instant lies."""
    if every == "hour":
        offset = instant.astimezone(zone).utcoffset() % timedelta(hours=1)
        return (instant + offset).replace(minute=0) - offset
    day = instant.astimezone(zone).replace(hour=0, minute=0, second=0, fold=0)
    if every == "week":
        day -= timedelta(days=day.weekday())
    if every == "month":
        day = day.replace(day=1)
    return day.astimezone(UTC)


def summed(used, first, last, every, zone_name):
    """{group: {start: dollars}} of the days from first to last in the zone."""
    zone = ZoneInfo(zone_name)
    begin = datetime.combine(first, datetime.min.time(), zone).astimezone(UTC)
    end = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone).astimezone(UTC)
    sums = {}
    for group, points in used.items():
        for instant, amount in points.items():
            if begin <= instant < end:
                bucket = start_of_bucket(instant, every, zone)
                of_group = sums.setdefault(group, {})
                of_group[bucket] = of_group.get(bucket, Decimal(0)) + amount
    return sums


def labels(text):
    """{label: value} of lines such as `Live credit:  12.00 USD`."""
    return dict(re.findall(r"^([^:\n]+): +(.*)$", text, re.MULTILINE))


def usd(text):
    """The amount that a value begins with."""
    return re.match(r"-?\d+\.\d\d(?= USD)", text)[0]


def rows(text):
    """The cells of a table, column by column name; cells are at least two blanks apart."""
    lines = [re.split(r"  +", line.strip()) for line in text.strip().splitlines()]
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
