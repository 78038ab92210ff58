#!/usr/bin/env python3
"""A TLS server that has every answer ready, so that what is measured is its clients.

    pages.py CERTIFICATE KEY      prints its port, and serves until it is ended

POST: a usage answer of 100 series over 365 days. GET: 100,000 audit events on pages of 100, the
newest first.
"""

import json
import re
import socket
import ssl
import sys
import threading
from datetime import datetime, timedelta

SERIES, DAYS, PAGES, EVENTS = 100, 365, 1000, 100
TOKEN = re.compile(rb"pageToken=(\d+)")


def answer(body):
    text = json.dumps(body, separators=(",", ":")).encode()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
    return head % len(text) + text


def usage():
    first = datetime(2025, 1, 1)
    days = [(first + timedelta(days=day)).strftime("%Y-%m-%dT00:00:00Z") for day in range(DAYS)]
    return answer({"timeSeries": [
        {"group": [f"Chat model-{series}"], "groupLabels": [f"Chat model-{series}"],
         "dataPoints": [{"timestamp": day, "values": [series % 7 + (19 + 7 * i * series) / 10**7]}
                        for i, day in enumerate(days)]}
        for series in range(SERIES)], "limitReached": False})


def event(count):
    time = datetime(2026, 11, 1) - timedelta(seconds=count)
    return {"eventTime": time.strftime("%Y-%m-%dT%H:%M:%S.250000Z"),
            "eventId": f"550e8400-e29b-41d4-a716-{446655440000 + count}",
            "description": f"API key 'Production key {count}' was created",
            "user": {"userId": "4d52c406-6ec6-4361-9b7c-40dc7e8ff284", "email": "admin@example.com",
                     "profileImage": "", "givenName": "John", "familyName": "Doe",
                     "profileImageUrl": ""}}


def page(number):
    return answer({"events": [event(number * EVENTS + i) for i in range(EVENTS)],
                   "nextPageToken": str(number + 1) if number + 1 < PAGES else ""})


def read_request(connection):
    """The first line of the next request; nothing once the connection has ended."""
    request = b""
    while b"\r\n\r\n" not in request:
        part = connection.recv(65536)
        if not part:
            return b""
        request += part
    head, _, body = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    missing = int(length[1]) - len(body) if length else 0
    while missing > 0:
        missing -= len(connection.recv(missing))
    return head.split(b"\r\n", 1)[0]


def serve(connection, context, usage_answer, pages):
    try:
        with context.wrap_socket(connection, server_side=True) as secure:
            while line := read_request(secure):
                token = TOKEN.search(line)
                number = int(token[1]) if token else 0
                secure.sendall(usage_answer if line.startswith(b"POST") else pages[number])
    except OSError:
        pass  # The client has what it wanted.


def main():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    usage_answer, pages = usage(), [page(number) for number in range(PAGES)]
    listener = socket.create_server(("127.0.0.1", 0))
    print(listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(connection, context, usage_answer, pages),
                         daemon=True).start()


if __name__ == "__main__":
    main()
