"""Times that a caller gave, as the compiled part takes them."""


def time_text(value):
    """A datetime as RFC 3339; all else as it is."""
    if not hasattr(value, "isoformat"):
        return value
    if getattr(value, "tzinfo", None) is None and hasattr(value, "hour"):
        raise ValueError("a time without a time zone could be any of several instants; add tzinfo")
    return value.isoformat()


def local_text(value):
    """A date, or a datetime without a time zone, as usage wants it; all else as it is."""
    if not hasattr(value, "isoformat"):
        return value
    if getattr(value, "tzinfo", None) is not None:
        raise ValueError("times of usage are local to its timezone argument; leave tzinfo out")
    return value.strftime("%Y-%m-%d %H:%M:%S")


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
