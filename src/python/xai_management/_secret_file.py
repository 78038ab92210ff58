"""Where the secret of a new key goes."""

import os


class SecretFile:
    """A new file for the secret of a key, mode 0600. Its name appears only once the secret is in it, and
    never through a symbolic link.

    replaces: it takes the place of a file that is there.
    variable: not empty: the file holds the line ``variable=secret``.
    """

    __module__ = "xai_management"

    def __init__(self, path, replaces=False, variable=""):
        # type: (Union[str, PathLike[str]], bool, str) -> None
        self.path = path
        self.replaces = replaces
        self.variable = variable


def parts_of(secret_file):
    """What the compiled part takes, of a SecretFile or a path."""
    if not isinstance(secret_file, SecretFile):
        secret_file = SecretFile(secret_file)
    return os.fspath(secret_file.path), bool(secret_file.replaces), secret_file.variable
