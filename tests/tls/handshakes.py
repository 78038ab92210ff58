"""Handshakes as no TLS library would write them, byte by byte."""

import struct

TLS_1_2 = 0x0303
TLS_1_1 = 0x0302
SSL_3 = 0x0300
ECDHE_ECDSA_AES128_GCM = 0xC02B
RC4_SHA = 0x0005
SECURE_RENEGOTIATION = b"\xff\x01\x00\x01\x00"
# RFC 8446, 4.1.3: what a server of TLS 1.3 says with its random bytes when it was asked for TLS 1.2.
DOWNGRADE = b"DOWNGRD\x01"
ALERTS = {"handshake_failure": 40, "internal_error": 80, "unrecognized_name": 112, "no_application_protocol": 120}


def record(kind, version, content):
    return struct.pack("!BHH", kind, version, len(content)) + content


def message(kind, content):
    return bytes([kind]) + len(content).to_bytes(3, "big") + content


def server_hello(version=TLS_1_2, cipher=ECDHE_ECDSA_AES128_GCM, random_end=b"", extensions=SECURE_RENEGOTIATION):
    random = b"\x5a" * (32 - len(random_end)) + random_end
    content = (struct.pack("!H", version) + random + b"\0" + struct.pack("!HB", cipher, 0) +
               struct.pack("!H", len(extensions)) + extensions)
    return record(22, version, message(2, content))


def certificates(*ders):
    listed = b"".join(len(der).to_bytes(3, "big") + der for der in ders)
    return record(22, TLS_1_2, message(11, len(listed).to_bytes(3, "big") + listed))


def certificates_of_16_mib():
    """The beginning of a message that announces more than a client may be made to keep."""
    return record(22, TLS_1_2, b"\x0b\xff\xff\xff" + b"\xff\xff\xfc" + bytes(1000))


def alert(name):
    return record(21, TLS_1_2, bytes([2, ALERTS[name]]))
