"""Times that a caller gave, as the compiled part takes them."""

from ._arguments import wrong_type


def time_text(value, name, wanted="a str, a date, an aware datetime or None"):
    """A date or a datetime as RFC 3339; a str and None as they are."""
    if value is None or isinstance(value, str):
        return value
    if not hasattr(value, "isoformat") or not hasattr(value, "year"):
        raise wrong_type(name, wanted, value)
    if getattr(value, "tzinfo", None) is None and hasattr(value, "hour"):
        raise ValueError(f"{name} without a time zone could be any of several instants; add tzinfo")
    return value.isoformat()


def expiry_text(client, value, name):
    """When a key or a secret ends, which is in the future: a time as above, or a span from now on."""
    if hasattr(value, "total_seconds"):
        value = _whole(value.total_seconds())
    else:
        value = time_text(value, name, "a str, a date, an aware datetime, a timedelta or None")
    return None if value is None else client.expiry(value, name)


def local_text(value, name):
    """A date, or a time without a time zone, as usage wants it: ``2025-10-01 00:00:00``."""
    from datetime import date, datetime

    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{name} must be a date or a time such as 2025-10-01 00:00:00") from None
    if not isinstance(value, date):
        raise wrong_type(name, "a date, a datetime or a str", value)
    if getattr(value, "tzinfo", None) is not None:
        raise ValueError(f"{name} must be a local time of the timezone argument; leave tzinfo out")
    if not isinstance(value, datetime):
        return f"{value.isoformat()} 00:00:00"
    return value.isoformat(" ", "seconds")


def seconds_of(value, name):
    """Whole seconds of a number or a timedelta, upwards; none are less than 0."""
    seconds = value.total_seconds() if hasattr(value, "total_seconds") else value
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise wrong_type(name, "seconds or a timedelta", value)
    if not 0 <= seconds < 2**31:
        raise ValueError(f"{name} must be between 0 and {2**31} seconds")
    return _whole(seconds)


def _whole(seconds):
    return -int(-seconds // 1)


def month_of(value, name):
    """Year and month of a date or of ``2025-11``; twice None for no value."""
    if value is None or value == "":
        return None, None
    if hasattr(value, "year") and hasattr(value, "month"):
        return value.year, value.month
    if not isinstance(value, str):
        raise wrong_type(name, "a date, a month such as 2025-11 or None", value)
    year, _, month = value.partition("-")
    is_month = year.isdecimal() and len(year) == 4 and month.isdecimal() and len(month) == 2
    if not is_month or int(year) < 1 or not 1 <= int(month) <= 12:
        raise ValueError(f"{name} must be a date or a month such as 2025-11")
    return int(year), int(month)
