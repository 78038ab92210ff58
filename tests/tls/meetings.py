"""How servers meet a client: `meet(connection, visit)` does with a connection what one does."""

import contextlib
import re
import socket
import ssl
import struct
import sys
import threading
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "faults"))

from servers import LENGTH, LIMIT_SECONDS, read_message, reset  # noqa: E402


class Visit:
    """One connection: what the server could read of it, and the way to the emulator."""

    def __init__(self, emulator_port):
        self.emulator_port = emulator_port
        self.heard = b""  # A request, behind a handshake that the client took part in to its end.
        self.seen = b""  # What came in clear.

    def forward(self):
        """The answer of the emulator, which has no prefix and answers to names of this machine alone."""
        request = re.sub(rb"(?i)\r\nhost: [^\r]*", b"\r\nHost: localhost", self.heard.replace(b" /v1/", b" /", 1))
        with socket.create_connection(("127.0.0.1", self.emulator_port), LIMIT_SECONDS) as emulator:
            emulator.sendall(request)
            return read_message(emulator).replace(b"\r\n", b"\r\nConnection: close\r\n", 1)

    def see(self, connection):
        part = connection.recv(65536)
        self.seen += part
        return part

    def see_all(self, connection):
        while self.see(connection):
            pass


def below(stream):
    """The connection that TLS runs over."""
    connection = socket.socket(fileno=socket.dup(stream.fileno()))
    connection.settimeout(LIMIT_SECONDS)
    return connection


# What a server does once it has shaken hands and read a request: `play(stream, visit)`.

def answering(stream, visit):
    stream.sendall(visit.forward())


def closing_at_once(stream, visit):
    """Nothing comes of the request."""


def closing_after_the_change(stream, visit):
    visit.forward()


def resetting_after_the_change(stream, visit):
    visit.forward()
    stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def cutting(stream, visit):
    """Closes after the first byte of the body, without TLS's own goodbye."""
    head, _, body = visit.forward().partition(b"\r\n\r\n")
    stream.sendall(head + b"\r\n\r\n" + body[:1])


def cutting_what_has_no_length(stream, visit):
    head, _, body = visit.forward().partition(b"\r\n\r\n")
    stream.sendall(LENGTH.sub(b"", head + b"\r\n\r\n") + body[:1])


def answering_in_http_2(stream, visit):
    """SETTINGS, and GOAWAY for what cannot be its preface."""
    visit.forward()
    stream.sendall(b"\0\0\0\x04\0\0\0\0\0" + b"\0\0\x08\x07\0\0\0\0\0" + bytes(7) + b"\x01")


def spoiling_a_record(stream, visit):
    """As somebody on the way could who holds no key."""
    visit.forward()
    with below(stream) as connection:
        connection.sendall(b"\x17\x03\x03\0\x40" + b"\x5a" * 64)
    stream.recv(1)


def over_tls(context, play=answering):
    def meet(connection, visit):
        with context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False) as stream:
            try:
                stream.do_handshake()
            except ssl.SSLError:
                # Closed at once, with bytes unread, it would take back the alert that tells why.
                with below(stream) as connection:
                    visit.see_all(connection)
                return
            visit.heard = read_message(stream)
            if visit.heard:
                play(stream, visit)
    return meet


# What a server does that never comes to shake hands.

def saying(*parts):
    """Hears the client begin, sends the parts, and waits until the client leaves."""
    say = closing_after(*parts)

    def meet(connection, visit):
        say(connection, visit)
        visit.see_all(connection)
    return meet


def closing_after(*parts):
    def meet(connection, visit):
        visit.see(connection)
        for part in parts:
            connection.sendall(part)
    return meet


def resetting(connection, visit):
    visit.see(connection)
    reset(connection)


def dripping(connection, visit):
    """One byte after the other of a hello that never ends."""
    visit.see(connection)
    connection.sendall(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc")
    connection.settimeout(0.1)
    while True:
        connection.sendall(b"\x03")
        with contextlib.suppress(TimeoutError):
            if not visit.see(connection):
                return


class Server:
    """Meets as many connections well as it is told, and then all badly until it is mended. A client
    may also come by CONNECT, as to a proxy."""

    def __init__(self, emulator_port, meet_badly, meet_well=None, good_connections=0):
        self.emulator_port = emulator_port
        self.meet_well = meet_well
        self.meet_badly = meet_badly
        self.good_connections = good_connections
        self.is_mended = False
        self.first_visits = []
        self.bad_visits = []
        self.late_visits = []
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self.listener.getsockname()[1]
        self.threads = []
        self.acceptor = threading.Thread(target=self.accept, daemon=True)
        self.acceptor.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.settimeout(LIMIT_SECONDS)
            visit = Visit(self.emulator_port)
            meet = self.choose(visit)
            thread = threading.Thread(target=self.serve, args=(connection, meet, visit), daemon=True)
            self.threads.append(thread)
            thread.start()

    def choose(self, visit):
        if self.is_mended:
            self.late_visits.append(visit)
            return self.meet_well
        if len(self.first_visits) < self.good_connections:
            self.first_visits.append(visit)
            return self.meet_well
        self.bad_visits.append(visit)
        return self.meet_badly

    def serve(self, connection, meet, visit):
        with connection, contextlib.suppress(OSError):
            if connection.recv(7, socket.MSG_PEEK) == b"CONNECT":
                visit.seen += read_message(connection)
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            meet(connection, visit)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        """What was heard is whole once this has ended."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.acceptor.join(LIMIT_SECONDS)
        for thread in self.threads:
            thread.join(LIMIT_SECONDS)
