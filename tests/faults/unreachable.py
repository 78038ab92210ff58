"""Row 1: the service cannot be reached. Exit 6, nothing was sent, no record stays."""

import contextlib
import ssl
import subprocess
import tempfile
from pathlib import Path

from cells import Cell
from judge import Trial, judge
from servers import Listener, full_backlog, reset, unused_port
from stage import KEY

# A host that proxies are used for: they never are for this machine's own addresses.
FAR = "https://management-api.invalid"


def make_certificate(folder, host, days="2"):
    """Files of a certificate that signs itself, and of its key; valid for so many days, or over."""
    certificate, key, wish = (Path(folder) / name for name in ("certificate.pem", "key.pem", "wish.pem"))
    for command in (
            ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
             "-subj", "/CN=xai-faults", "-addext", f"subjectAltName={host}", "-out", wish, "-keyout", key],
            ["x509", "-req", "-in", wish, "-signkey", key, "-copy_extensions", "copy",
             "-days", days, "-out", certificate]):
        subprocess.run(["openssl", *command], check=True, capture_output=True)
    return certificate, key


def tls_server(certificate, key):
    """Shakes hands and then reads what it is sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def meet(connection):
        with context.wrap_socket(connection, server_side=True) as stream:
            return stream.recv(65536)
    return meet


def play(operation, codes, surroundings, *more):
    """`surroundings(stage)` is a context that answers base URL, environment and what was heard."""
    def played(workshop):
        with workshop.stage() as stage:
            trial = Trial(stage, operation)
            with surroundings(stage) as (address, environment, heard):
                stage.address = address
                ran = trial.run(*more, environment=environment)
                if KEY.encode() in heard():
                    trial.found("leak", "the management key left for a host that is not the service")
            stage.address = stage.emulator.address
            if trial.commits():
                trial.found("duplicate", "something was sent")
            return judge(trial, ran, codes)
    return played


@contextlib.contextmanager
def refusing(_):
    holder, port = unused_port()
    with holder:
        yield f"http://127.0.0.1:{port}", {}, bytes


@contextlib.contextmanager
def black_hole(_):
    with full_backlog() as port:
        yield f"http://127.0.0.1:{port}", {}, bytes


def breaking_tls(meet):
    @contextlib.contextmanager
    def surroundings(_):
        with Listener(meet) as listener:
            yield f"https://127.0.0.1:{listener.port}", {}, lambda: listener.received
    return surroundings


def with_certificate(host, *more):
    @contextlib.contextmanager
    def surroundings(_):
        with tempfile.TemporaryDirectory() as folder:
            certificate, key = make_certificate(folder, host, *more)
            with Listener(tls_server(certificate, key)) as listener:
                # Trusted, but made out to another host or over.
                trust = {"SSL_CERT_FILE": str(certificate)} if host != "IP:127.0.0.1" or more else {}
                yield f"https://127.0.0.1:{listener.port}", trust, lambda: listener.received
    return surroundings


def proxy(meet):
    @contextlib.contextmanager
    def surroundings(_):
        with Listener(meet) as listener:
            yield FAR, {"HTTPS_PROXY": f"http://127.0.0.1:{listener.port}"}, lambda: listener.received
    return surroundings


def answering(text):
    def meet(connection):
        heard = connection.recv(65536)
        connection.sendall(text)
        return heard
    return meet


def resetting(connection):
    connection.recv(65536)
    reset(connection)


def silent(connection):
    """Reads until the other side gives up."""
    heard = b""
    while part := connection.recv(65536):
        heard += part
    return heard


def unreachable_cells(programs, operation, is_long):
    def cell(name, codes, surroundings, *more, seconds=2):
        return Cell(f"{operation.name}/unreachable/{name}", play(operation, codes, surroundings, *more),
                    seconds)

    limit = ("--timeout", "1s")
    yield cell("refused", {6}, refusing)
    yield cell("unknown-name", {6}, lambda _: contextlib.nullcontext((FAR, {}, bytes)), *limit)
    yield cell("black-hole", {6}, black_hole, *limit)
    yield cell("tls-silent", {6}, breaking_tls(silent), *limit)
    yield cell("tls-closed", {6}, breaking_tls(lambda connection: connection.recv(65536)))
    yield cell("tls-reset", {6}, breaking_tls(resetting))
    yield cell("tls-plain-http", {6}, breaking_tls(answering(b"HTTP/1.1 400 Bad Request\r\n\r\n")))
    yield cell("tls-alert", {6}, breaking_tls(answering(b"\x15\x03\x03\x00\x02\x02\x28")))
    yield cell("tls-untrusted", {13}, with_certificate("IP:127.0.0.1"))
    yield cell("tls-other-host", {13}, with_certificate("DNS:other.invalid"))
    yield cell("tls-expired", {13}, with_certificate("IP:127.0.0.1", "-1"))
    for status in ("403 Forbidden", "407 Proxy Authentication Required", "502 Bad Gateway"):
        yield cell(f"proxy-{status[:3]}", {6}, proxy(answering(f"HTTP/1.1 {status}\r\n\r\n".encode())))
    yield cell("proxy-reset", {6}, proxy(resetting))
    yield cell("proxy-silent", {6}, proxy(silent), *limit)
    if is_long:
        # The limits of their own: 10 s for each of three attempts.
        yield cell("black-hole-unlimited", {6}, black_hole, seconds=35)
        yield cell("tls-silent-unlimited", {6}, breaking_tls(silent), seconds=35)
