"""Where the secret of a new key goes."""

from ._arguments import flag_of, path_of, wrong_type


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
        parts_of(self)


def parts_of(secret_file):
    """What the compiled part takes, of a SecretFile or a path."""
    if not isinstance(secret_file, SecretFile):
        return path_of(secret_file, "secret_file", "a str, a path or a SecretFile"), False, ""
    if not isinstance(secret_file.variable, str):
        raise wrong_type("variable", "a str", secret_file.variable)
    replaces = flag_of(secret_file.replaces, "replaces")
    return path_of(secret_file.path, "path"), replaces, secret_file.variable
