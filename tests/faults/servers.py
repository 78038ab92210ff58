"""Servers that misbehave: a relay in front of the emulator that spoils answers, and listeners
that never come to speak HTTP. All listen on loopback, on a port the system picks."""

import contextlib
import re
import select
import socket
import struct
import threading

LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
LIMIT_SECONDS = 60


def read_message(connection):
    """One request or answer as it came; empty when the other side has closed."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = LENGTH.search(head)
    while length and len(body) < int(length[1]):
        part = connection.recv(65536)
        if not part:
            return b""
        body += part
        data += part
    return data


def reset(connection):
    """Closes so that the other side sees a reset."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


class Relay:
    """Hands requests on to the emulator. For those of one method `spoil(connection, request,
    forward)` answers instead, where forward() brings the real answer; it answers whether the
    connection may be kept. With `spoil` None all goes through untouched. With a `tls` context it
    is a proxy that plays the far host itself."""

    def __init__(self, emulator_port, method, spoil, tls=None):
        self.tls = tls
        self.emulator_port = emulator_port
        self.method = method.encode() + b" "
        self.spoil = spoil
        self.on_kept = 0  # Requests of that method on a connection that had served another.
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            connection.settimeout(LIMIT_SECONDS)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def forward(self, request):
        if self.tls:  # The emulator answers to names of this machine alone.
            request = re.sub(rb"(?i)\r\nhost: [^\r]*", b"\r\nHost: localhost", request)
        with socket.create_connection(("127.0.0.1", self.emulator_port), LIMIT_SECONDS) as emulator:
            emulator.sendall(request)
            return read_message(emulator)

    def serve(self, connection):
        with connection, contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            if self.tls:
                read_message(connection)
                connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
                connection = stack.enter_context(self.tls.wrap_socket(connection, server_side=True))
            is_kept = False
            while request := read_message(connection):
                is_spoilt = self.spoil and request.startswith(self.method)
                self.on_kept += bool(is_spoilt and is_kept)
                is_kept = True
                if is_spoilt:
                    if not self.spoil(connection, request, lambda asked=request: self.forward(asked)):
                        return
                else:
                    connection.sendall(self.forward(request))

    def close(self):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(LIMIT_SECONDS)


@contextlib.contextmanager
def relay(stage, operation, spoil, tls=None):
    """A relay that the stage's programs are led to while the block lasts."""
    server = Relay(stage.emulator.port, operation.method, spoil, tls)
    stage.address = server.address
    try:
        yield server
    finally:
        server.close()


class Listener:
    """Hands each connection to `meet(connection)` and then closes it."""

    def __init__(self, meet):
        self.meet = meet
        self.met = 0
        self.received = b""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.thread = threading.Thread(target=self.accept, daemon=True)
        self.thread.start()

    def accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.met += 1
            connection.settimeout(LIMIT_SECONDS)
            with connection, contextlib.suppress(OSError):
                self.received += self.meet(connection) or b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.thread.join(LIMIT_SECONDS)


@contextlib.contextmanager
def full_backlog():
    """The port of a socket that never accepts and has no room for one more connection."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        while True:
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex(listener.getsockname())
            if not select.select([], [waiting], [], 0.3)[1]:
                break
        yield listener.getsockname()[1]


def unused_port():
    """A port that nobody listens on: bound, so that nobody else can come to."""
    holder = socket.socket()
    holder.bind(("127.0.0.1", 0))
    return holder, holder.getsockname()[1]
