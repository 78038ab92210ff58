#!/usr/bin/env python3
"""Checks that every include keeps to the floors of the house.

An include may go down or stay in its room, never up, never sideways. Third parties are seen only
by the files that wrap them. Prints `file:line: why` for each breach; the exit code is 1 then.
"""

import fnmatch
import re
import sys
from pathlib import Path

# Room -> the other rooms it may include.
ROOMS = {
    "base": set(),
    "json": {"base"},
    "http": {"base"},
    "wire": {"json", "base"},
    "client": {"wire", "json", "http", "base"},
    "workflows": {"client", "wire", "json", "base"},
    "cli": {"workflows", "client", "wire", "json", "base"},
    "python": {"workflows", "client", "wire", "json", "base"},
    "emulator": {"wire", "json", "base"},
}

# The public headers that are not everybody's, and who may include them.
CLIENT_HEADERS = {"xai/management/client.h", "xai/management/account.h"}
CLIENT_HEADER_ROOMS = {"client", "workflows", "cli", "python"}

# File pattern below src/ -> prefixes of third-party headers it may include.
THIRD_PARTIES = [
    ("json/*", ["boost/json"]),
    ("http/curl_*", ["curl/"]),
    ("base/zone*", ["date/"]),
    ("emulator/store*", ["sqlite3.h"]),
    ("emulator/statement*", ["sqlite3.h"]),
    ("emulator/identifiers.cpp", ["openssl/"]),
    ("emulator/server*", ["boost/", "openssl/"]),
    ("emulator/connection*", ["boost/", "openssl/"]),
    ("emulator/stream*", ["boost/"]),
    ("cli/*", ["CLI/", "toml++/"]),
    ("python/*", ["pybind11/"]),
    ("*.cpp", ["fmt/"]),
]

STANDARD = set(
    """algorithm any array atomic barrier bit bitset charconv chrono cmath codecvt compare complex
    concepts condition_variable coroutine deque exception expected filesystem forward_list fstream
    functional future initializer_list iomanip ios iosfwd iostream istream iterator latch limits
    list locale map memory memory_resource mutex new numbers numeric optional ostream queue random
    ranges ratio regex scoped_allocator semaphore set shared_mutex source_location span spanstream
    sstream stack stdexcept stop_token streambuf string string_view strstream syncstream
    system_error thread tuple type_traits typeindex typeinfo unordered_map unordered_set utility
    valarray variant vector version
    cassert cctype cerrno cfenv cfloat cinttypes climits clocale csetjmp csignal cstdarg cstddef
    cstdint cstdio cstdlib cstring ctime cuchar cwchar cwctype""".split()
)

# The operating system's headers: for source files below src/, never for public headers.
SYSTEM = set(
    """dirent.h dlfcn.h errno.h fcntl.h fnmatch.h glob.h limits.h link.h malloc.h net/if.h netdb.h netinet/in.h
    netinet/tcp.h arpa/inet.h poll.h pthread.h pwd.h signal.h spawn.h stdio.h stdlib.h string.h
    strings.h sys/file.h sys/ioctl.h sys/mman.h sys/prctl.h sys/random.h sys/resource.h
    sys/select.h sys/signalfd.h sys/socket.h sys/stat.h sys/statvfs.h sys/time.h sys/types.h
    sys/uio.h sys/un.h sys/wait.h termios.h time.h unistd.h""".split()
)

INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')
NAMESPACE = re.compile(r"^\s*(?:inline\s+)?namespace\s+(xai[\w:]*)\s*\{", re.M)


def is_public(header):
    return header == "xai/management.h" or header.startswith("xai/management/")


def breach_of_public_header(quoted, header):
    """Why a public header may not include `header`; None when it may."""
    if quoted and is_public(header):
        return None
    if not quoted and header in STANDARD:
        return None
    return f"a public header may include only the standard library and its siblings, not {header}"


def breach_of_third_party(path_in_src, header):
    for pattern, prefixes in THIRD_PARTIES:
        if fnmatch.fnmatch(path_in_src, pattern) and header.startswith(tuple(prefixes)):
            return None
    return f"{header} is no business of this file: third parties are wrapped in one place each"


def breach_in_room(room, path_in_src, quoted, header):
    """Why a file of `room` may not include `header`; None when it may."""
    if not quoted:
        if header in STANDARD or header in SYSTEM:
            return None
        return breach_of_third_party(path_in_src, header)
    if header in CLIENT_HEADERS and room not in CLIENT_HEADER_ROOMS:
        return f"{header} belongs to {', '.join(sorted(CLIENT_HEADER_ROOMS))} and the tests"
    if is_public(header):
        return None
    other = header.split("/")[0]
    if other not in ROOMS:
        return f"{header} is in no room: name it from src/, with its room"
    if other == room or other in ROOMS[room]:
        return None
    return f"{room} may not include {other}: an include goes down or stays"


def includes(text):
    for number, line in enumerate(text.splitlines(), start=1):
        match = INCLUDE.match(line)
        if match:
            yield number, match[1] == '"', match[2]


def foreign_namespaces(room, text):
    """Namespaces a header opens that are neither its room's own nor the public one.

    The public one is for the hidden parts of public types, such as what a pointer points to.
    """
    own = f"xai::{room}"
    return [
        name
        for name in NAMESPACE.findall(text)
        if name not in {own, "xai::management"} and not name.startswith(own + "::")
    ]


def check(root):
    """Every breach below `root`, as lines of text."""
    breaches = []

    def report(path, number, why):
        if why:
            breaches.append(f"{path.relative_to(root)}:{number}: {why}")

    for path in sorted((root / "include").rglob("*.h")):
        for number, quoted, header in includes(path.read_text()):
            report(path, number, breach_of_public_header(quoted, header))

    umbrella = root / "include/xai/management.h"
    named = {header for _, _, header in includes(umbrella.read_text())} if umbrella.exists() else set()
    for path in sorted((root / "include/xai/management").glob("*.h")):
        if umbrella.exists() and f"xai/management/{path.name}" not in named:
            report(umbrella, 1, f"it leaves out xai/management/{path.name}")

    for path in sorted((root / "src").rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        path_in_src = path.relative_to(root / "src")
        room = path_in_src.parts[0]
        if room not in ROOMS:
            report(path, 1, f"{room} is not a room of the house")
            continue
        text = path.read_text()
        for number, quoted, header in includes(text):
            report(path, number, breach_in_room(room, str(path_in_src), quoted, header))
        if path.suffix == ".h":
            for name in foreign_namespaces(room, text):
                report(path, 1, f"namespace {name} in a header of xai::{room}")
    return breaches


def main():
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent)
    breaches = check(root)
    for line in breaches:
        print(line, file=sys.stderr)
    print(f"floors: {len(breaches)} breaches" if breaches else "floors: all includes keep to them")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main())
