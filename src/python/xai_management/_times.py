"""Times that a caller gave, as the compiled part takes them."""


def time_text(value):
    """A datetime as RFC 3339; all else as it is."""
    if not hasattr(value, "isoformat"):
        return value
    if getattr(value, "tzinfo", None) is None and hasattr(value, "hour"):
        raise ValueError("a time without a time zone could be any of several instants; add tzinfo")
    return value.isoformat()


def expiry_text(value):
    """The same, or a span from now on."""
    if not hasattr(value, "total_seconds"):
        return time_text(value)
    from datetime import datetime, timezone

    return (datetime.now(timezone.utc) + value).replace(microsecond=0).isoformat()


def local_text(value, name):
    """A date, or a time without a time zone, as usage wants it: ``2025-10-01 00:00:00``."""
    from datetime import date, datetime

    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError(f"{name} must be a date or a time such as 2025-10-01 00:00:00") from None
    if not isinstance(value, date):
        raise TypeError(f"{name} must be a date, a datetime or a str, not {type(value).__name__}")
    if getattr(value, "tzinfo", None) is not None:
        raise ValueError("times of usage are local to its timezone argument; leave tzinfo out")
    return value.strftime("%Y-%m-%d %H:%M:%S")


def seconds_of(value, name):
    """Whole seconds of a number or a timedelta, upwards; none are less than 0."""
    seconds = value.total_seconds() if hasattr(value, "total_seconds") else value
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        raise TypeError(f"{name} must be seconds or a timedelta, not {type(value).__name__}")
    if not 0 <= seconds < 2**31:
        raise ValueError(f"{name} must be between 0 and {2**31} seconds")
    return -int(-seconds // 1)


def month_of(value, name):
    """Year and month of a date or of ``2025-11``; twice None for no value."""
    if not value:
        return None, None
    if hasattr(value, "month"):
        return value.year, value.month
    year, _, month = value.partition("-") if isinstance(value, str) else ("", "", "")
    if not (year.isdecimal() and len(year) == 4 and month.isdecimal() and len(month) == 2):
        raise ValueError(f"{name} must be a date or a month such as 2025-11")
    return int(year), int(month)
