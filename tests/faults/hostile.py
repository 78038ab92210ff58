"""Row 4: answers that are not what the service promises, before and after the change was made."""

import contextlib
import functools
import ssl
import tempfile
import threading
import zlib

from cells import Cell
from judge import Trial, judge
from servers import Listener, relay
from stage import KEY
from unreachable import make_certificate

MEBIBYTE = 1 << 20
JSON = b"Content-Type: application/json\r\n"


def answer(body, status=b"200 OK", headers=JSON):
    return (b"HTTP/1.1 " + status + b"\r\n" + headers + b"Content-Length: %d\r\n\r\n" % len(body) + body)


def body_of(real):
    return real.partition(b"\r\n\r\n")[2]


def saying(text, keep=True):
    """Answers the same whatever was asked; `text` may be made of the real answer."""
    def spoil(connection, request, real):
        connection.sendall(text(real) if callable(text) else text)
        return keep
    return spoil


def flood(head, part, bytes_max=None):
    """Sends `part` again and again: `bytes_max` bytes of it, or for as long as it is taken."""
    def spoil(connection, request, real):
        connection.sendall(head(real) if callable(head) else head)
        sent = 0
        with contextlib.suppress(OSError):
            while bytes_max is None or sent < bytes_max:
                connection.sendall(part)
                sent += len(part)
        return False
    return spoil


def drip(connection, request, real):
    """One byte a second, until the other side gives up."""
    never = threading.Event()
    for byte in real:
        connection.sendall(bytes([byte]))
        never.wait(1)
    return False


def stall(connection, request, real):
    """The head of the answer, and then nothing."""
    connection.sendall(real[:-len(body_of(real))])
    connection.recv(1)
    return False


@functools.cache
def bomb():
    """A gibibyte of spaces, in about a mebibyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    part = packer.compress(b" " * MEBIBYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + part * 1023 + packer.flush()


def with_secret(change):
    """An answer whose `apiKey` member is another."""
    return lambda real: answer(change(body_of(real)))


NONSENSE = {
    "not-json": saying(answer(b"hello")),
    "empty": saying(answer(b"")),
    "no-content": saying(b"HTTP/1.1 204 No Content\r\n\r\n"),
    "html": saying(answer(b"<html><body>Sign in</body></html>", headers=b"Content-Type: text/html\r\n")),
    "array": saying(answer(b"[1,2,3]")),
    "string": saying(answer(b'"ok"')),
    "wrong-type": saying(answer(b'{"apiKeyId":7,"apiKey":{"secret":1},"qps":"many"}')),
    "no-secret": saying(with_secret(lambda body: body.replace(b'"apiKey":', b'"other":'))),
    "null-secret": saying(with_secret(lambda body: b'{"apiKey":null,"name":"x"}')),
    "empty-secret": saying(with_secret(lambda body: b'{"apiKey":"","name":"x"}')),
    "two-secrets": saying(with_secret(lambda body: body[:-1] + b',"apiKey":"xai-other"}')),
    "deep": saying(answer(b"[" * 200_000 + b"]" * 200_000)),
    "deep-object": saying(answer(b'{"a":' * 200_000)),
    "zeros": saying(answer(b"\0" * 4096)),
    "not-utf-8": saying(with_secret(lambda body: body.replace(b'"name":"', b'"name":"\xff\xfe'))),
    "not-http": saying(b"220 mail.invalid ESMTP\r\n", keep=False),
    "http-2": saying(b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64", keep=False),
    "negative-length": saying(b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\n\r\n{}", keep=False),
    "bad-chunks": saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}", keep=False),
    "gibibyte": flood(b"HTTP/1.1 200 OK\r\n" + JSON + b"Content-Length: %d\r\n\r\n" % (1 << 30),
                      b"x" * 65536, 1 << 30),
    "endless": flood(b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n" + b'{"name":"', b"x" * 65536),
    "endless-chunks": flood(b"HTTP/1.1 200 OK\r\n" + JSON + b"Transfer-Encoding: chunked\r\n\r\n",
                            b"4000\r\n" + b"[" * 0x4000 + b"\r\n"),
    "many-headers": flood(b"HTTP/1.1 200 OK\r\n", b"X-Padding: " + b"y" * 1000 + b"\r\n", 10 * MEBIBYTE),
    "long-header": flood(b"HTTP/1.1 200 OK\r\nX-Padding: ", b"y" * 65536, 10 * MEBIBYTE),
    "endless-continue": flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
    "echo": saying(answer(b'{"message":"you sent ' + KEY.encode() + b'"}', b"500 Oops")),
}
# Without a secret to come these pass for an answer, and one that lies cannot be told.
BELIEVED = {"update": {"null-secret", "empty-secret"},
            "delete": {"empty", "no-content", "wrong-type", "no-secret", "null-secret", "empty-secret",
                       "not-utf-8"}}
# Whole secrets that something follows which never ends are delivered.
SALVAGED = {
    "secret-then-endless": flood(lambda real: b"HTTP/1.1 200 OK\r\n" + JSON + b"\r\n" + body_of(real)[:-1]
                                 + b',"padding":"', b"x" * 65536),
    "secret-then-cut": saying(lambda real: answer(body_of(real)[:-1] + b" " * 9)[:-9], keep=False),
}
TOLD = b'{"code":3,"message":"first line\\nmanage_xai: done \\u001b[2J\\u202e","details":[]}'


def play(operation, codes, spoil, is_made, more=()):
    def played(workshop):
        def spoil_it(connection, request, forward):
            return spoil(connection, request, forward() if is_made else b"")

        with workshop.stage() as stage, relay(stage, operation, spoil_it) as server:
            trial = Trial(stage, operation)
            ran = trial.run(*more)
            server.spoil = None
            return judge(trial, ran, codes)
    return played


def play_redirect(operation, status, to_same_host):
    def played(workshop):
        with workshop.stage() as stage, Listener(lambda connection: connection.recv(65536)) as other:
            def spoil(connection, request, forward):
                target = f"{server.address if to_same_host else f'http://127.0.0.1:{other.port}'}/x"
                connection.sendall(answer(b"", status, b"Location: " + target.encode() + b"\r\n"))
                return True

            with relay(stage, operation, spoil) as server:
                trial = Trial(stage, operation)
                ran = trial.run()
                server.spoil = None
                if other.met:
                    trial.found("leak", f"the redirect was followed: {len(other.received)} bytes")
                return judge(trial, ran, {8})
    return played


def play_bomb(operation):
    """By way of a proxy, since compression is asked for only from hosts that are far."""
    def played(workshop):
        with workshop.stage() as stage, tempfile.TemporaryDirectory() as folder:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            certificate, key = make_certificate(folder, "DNS:management-api.invalid")
            context.load_cert_chain(certificate, key)

            def spoil(connection, request, forward):
                forward()
                if b"gzip" not in request:
                    trial.found("broken", "compression was not asked for")
                connection.sendall(answer(bomb(), headers=JSON + b"Content-Encoding: gzip\r\n"))
                return False

            with relay(stage, operation, spoil, context) as server:
                stage.more_environment = {"HTTPS_PROXY": server.address, "SSL_CERT_FILE": str(certificate)}
                stage.address = "https://management-api.invalid"
                trial = Trial(stage, operation)
                ran = trial.run()
                server.spoil = None
                return judge(trial, ran, {8} if operation.mints else {0})
    return played


def hostile_cells(programs, operation, is_long):
    def cell(name, codes, spoil, is_made, more=(), seconds=1):
        return Cell(f"{operation.name}/hostile/{name}", play(operation, codes, spoil, is_made, more),
                    seconds)

    for name, spoil in NONSENSE.items():
        made = {8} if operation.mints else {0}
        yield cell(f"{name}-after", made, spoil, True)
        if name not in BELIEVED.get(operation.name, ()):
            yield cell(f"{name}-before", {8}, spoil, False)
    for name, spoil in SALVAGED.items() if operation.mints else ():
        yield cell(name, {0}, spoil, True)
    yield cell("drip", {8}, drip, True, ("--timeout", "3s"), 4)
    yield cell("refusal-of-two-lines", {5}, saying(answer(TOLD, b"400 Bad Request")), False)
    for status in (b"301 Moved", b"302 Found", b"303 See Other", b"307 Temporary", b"308 Permanent"):
        for to_same_host in (True, False):
            host = "same" if to_same_host else "other"
            yield Cell(f"{operation.name}/hostile/{status[:3].decode()}-to-{host}-host",
                       play_redirect(operation, status, to_same_host))
    yield Cell(f"{operation.name}/hostile/gzip-bomb", play_bomb(operation), 6)
    if is_long:
        # The limits of their own: 15 s without a byte.
        yield cell("stall", {8} if operation.mints else {0}, stall, True, seconds=50)
