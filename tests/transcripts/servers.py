"""Servers for transcripts: they answer on loopback, on a port the system picks."""

import json
import re
import socket
import threading
from pathlib import Path

import money_servers

CONTRACT = Path(__file__).resolve().parent.parent.parent / "contract"
JSON = "Content-Type: application/json\r\n"


def reply(body, status="200 OK", headers=JSON):
    body = body if isinstance(body, bytes) else body.encode()
    return f"HTTP/1.1 {status}\r\n{headers}Connection: close\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


def error(status, code, message, headers=JSON):
    return reply(json.dumps({"code": code, "message": message, "details": []}), status, headers)


def examples():
    """(method, pattern of the path, documented answer) of every operation."""
    for path in sorted(CONTRACT.glob("*.json")):
        content = json.loads(path.read_text())
        if isinstance(content, dict) and content.get("response") is not None:
            pattern = re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(content["path"]))
            yield content["method"], re.compile(pattern), json.dumps(content["response"])


def replay(method, target):
    """The documented examples, verbatim, under a path prefix."""
    path = target.split("?")[0]
    if not path.startswith("/some/prefix"):
        return reply("<html>no</html>", "404 Not Found", "Content-Type: text/html\r\n")
    for wanted, pattern, body in examples():
        if wanted == method and pattern.fullmatch(path.removeprefix("/some/prefix")):
            return reply(body)
    return error("404 Not Found", 5, "Not Found")


def key(name):
    return {"apiKeyId": "fe15b799-32e1-4d02-9e65-80236f9995f7", "name": name,
            "redactedApiKey": "xai-...oYZ4", "disabled": False, "aclStrings": []}


SCRIPTED = {
    "html": reply("<html><body>Sign in to the network</body></html>",
                  headers="Content-Type: text/html\r\n"),
    "empty": reply(""),
    "cut": reply('{"apiKeys":[]}').replace(b"Content-Length: 14", b"Content-Length: 99"),
    "not-an-object": reply("[1,2,3]"),
    "wrong-type": reply('{"apiKeys":[{"qps":"many"}]}'),
    "two-ids": reply('{"apiKeys":[{"apiKeyId":"a","apiKeyId":"b"}]}'),
    "too-large": reply(b'{"x":"' + b"y" * (8 << 20) + b'"}'),
    "deep": reply("[" * 100000 + "]" * 100000),
    "loop": reply(json.dumps({"apiKeys": [key("again")], "paginationToken": "same"})),
    "throttled": error("429 Too Many Requests", 8, "slow down",
                       JSON + "Retry-After: Fri, 31 Dec 2999 23:59:59 GMT\r\n"),
    "no-credit": error("429 Too Many Requests", 8,
                       "Your team c9a0c990-53e6-491e-8df7-b9f18e6983ac has either used all available "
                       "credits or reached its monthly spending limit."),
    "redirect": reply("", "302 Found", "Location: http://127.0.0.1:9/elsewhere\r\n"),
    "broken": reply("upstream connect error", "500 Internal Server Error",
                    "Content-Type: text/plain\r\nX-Request-Id: req-17\r\n"),
    "escapes": reply(json.dumps({"apiKeys": [
        key("\x1b[31mred\x07\n\u202egnp.exe"), key("=HYPERLINK(\"http://x\")"), key("a,\"b\"")]})),
    "unknown-members": reply(json.dumps({"apiKeys": [
        {**key("new"), "disabled": "false", "tpm": 100000, "color": "blue", "score": 1.50,
         "nested": {"a": [1, None]}}]}).replace("1.5", "1.50")),
}


def read_request(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    while length and len(body) < int(length.group(1)):
        body += connection.recv(65536)
    method, target, _ = head.split(b"\r\n")[0].decode().split(" ")
    return method, target


def serve(listener, answer):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        with connection:
            try:
                request = read_request(connection)
                if request:
                    connection.sendall(answer(*request))
            except OSError:
                pass


def start(name):
    """Starts a server; answers its address and a function that stops it."""
    routed = {"replay": replay, **money_servers.SERVERS}
    answer = routed.get(name) or (lambda method, target: SCRIPTED[name])
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=serve, args=(listener, answer), daemon=True)
    thread.start()

    def stop():
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(10)

    prefix = "/some/prefix" if name == "replay" else ""
    return f"http://127.0.0.1:{listener.getsockname()[1]}{prefix}", stop
