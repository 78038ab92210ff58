"""Arguments as callers give them. One that is wrong is a TypeError or a ValueError that names it; its value
is not shown, as it may be a key in the wrong place."""

import os


def wrong_type(name, wanted, value):
    return TypeError(f"{name} must be {wanted}, not {type(value).__name__}")


def text_of(value, name):
    """A str; None is an empty one."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise wrong_type(name, "a str", value)
    return value


def flag_of(value, name):
    if not isinstance(value, bool):
        raise wrong_type(name, "a bool", value)
    return value


def path_of(value, name, wanted="a str or a path"):
    """A path as a str."""
    path = os.fspath(value) if hasattr(value, "__fspath__") else value
    if not isinstance(path, str):
        raise wrong_type(name, wanted, value)
    if not path or "\0" in path:
        raise ValueError(f"{name} must be the path of a file, and not empty")
    return path


def texts_of(given, name):
    """A list of strings; a string is a list of one."""
    if isinstance(given, str):
        return [given]
    if isinstance(given, (bytes, dict)) or not hasattr(given, "__iter__"):
        raise wrong_type(name, "a str or a list of str", given)
    return list(given)


def pairs_of(given, name):
    """A list of pairs of strings."""
    wanted = 'a list of pairs such as ("usd", "AGGREGATION_SUM")'
    if isinstance(given, (str, bytes, dict)) or not hasattr(given, "__iter__"):
        raise wrong_type(name, wanted, given)
    pairs = [tuple(pair) if isinstance(pair, (list, tuple)) else pair for pair in given]
    for pair in pairs:
        if not isinstance(pair, tuple) or not all(isinstance(text, str) for text in pair):
            raise TypeError(f"{name} must be {wanted}")
        if len(pair) != 2:
            raise ValueError(f"{name} must be {wanted}")
    return pairs
