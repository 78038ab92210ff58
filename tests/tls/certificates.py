"""Certificates of every kind, made by the openssl command: good ones, and such as nobody may trust."""

import base64
import subprocess
from dataclasses import dataclass
from pathlib import Path

CONFIGURATION = """
[ca]
default_ca = farm
[farm]
new_certs_dir = {folder}
database = {folder}/index
rand_serial = yes
unique_subject = no
policy = any
[any]
commonName = optional
"""
ROOT = ("basicConstraints=critical,CA:TRUE", "keyUsage=critical,keyCertSign")
PAST = "20200101000000Z", "20200201000000Z"
FUTURE = "20480101000000Z", "20490101000000Z"
NOW = "20200101000000Z", "20490101000000Z"


@dataclass(frozen=True)
class Certificate:
    file: Path  # PEM.
    key: Path
    request: Path


def der_of(certificate):
    body = certificate.file.read_text().split("-----")[2]
    return base64.b64decode(body)


def wrapped(tag, content):
    """A DER value: its tag, its length, its content."""
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def names(*texts):
    """A subjectAltName of DNS names that may hold any byte."""
    return "subjectAltName=DER:" + wrapped(0x30, b"".join(wrapped(0x82, text) for text in texts)).hex()


class Mint:
    """Makes certificates in a folder."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.made = 0
        self.configuration = self.folder / "ca.conf"
        self.configuration.write_text(CONFIGURATION.format(folder=folder))
        (self.folder / "index").touch()
        self.requests = {}

    def run(self, *words, stdin=None):
        return subprocess.run(["openssl", *map(str, words)], input=stdin, check=True, capture_output=True,
                              cwd=self.folder).stdout

    def request(self, kind, is_shared):
        """A new key and a request for it; those of leaves are shared."""
        if is_shared and kind in self.requests:
            return self.requests[kind]
        self.made += 1
        key, request = self.folder / f"{self.made}.key", self.folder / f"{self.made}.request"
        options = [kind] if kind.startswith("rsa") else ["ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
        self.run("req", "-new", "-newkey", *options, "-nodes", "-subj", "/CN=farm", "-keyout", key, "-out", request)
        self.requests[kind] = key, request
        return key, request

    def authority(self, name, issuer=None, extensions=ROOT, **more):
        return self.certificate(name, issuer, extensions, is_shared=False, **more)

    def certificate(self, name, issuer, extensions, valid=NOW, digest="sha256", kind="ec", is_shared=True):
        """A certificate of that common name; without an issuer it signs itself."""
        key, request = self.request(kind, is_shared)
        self.made += 1
        file, wishes = self.folder / f"{self.made}.pem", self.folder / f"{self.made}.extensions"
        wishes.write_text("\n".join(extensions) + "\n")
        signer = ["-cert", issuer.file, "-keyfile", issuer.key] if issuer else ["-selfsign", "-keyfile", key]
        self.run("ca", "-config", self.configuration, "-batch", "-notext", "-in", request, "-out", file, *signer,
                 "-subj", f"/CN={name}", "-extfile", wishes, "-startdate", valid[0], "-enddate", valid[1],
                 "-md", digest)
        return Certificate(file, key, request)

    def altered(self, certificate, old, new, issuer=None):
        """The same with other bytes of the same length in it; its signature is right with an issuer only."""
        der = der_of(certificate)
        signed_size = 4 + int.from_bytes(der[6:8], "big")  # Long enough for two bytes of length.
        signed = der[4:4 + signed_size].replace(old, new)
        rest = der[4 + signed_size:]
        if issuer:
            signature = self.run("dgst", "-sha256", "-sign", issuer.key, stdin=signed)
            algorithm = rest[:2 + rest[1]]
            der = wrapped(0x30, signed + algorithm + wrapped(0x03, b"\0" + signature))
        else:
            der = der[:4] + signed + rest
        self.made += 1
        file = self.folder / f"{self.made}.pem"
        text = base64.encodebytes(der).decode()
        file.write_text(f"-----BEGIN CERTIFICATE-----\n{text}-----END CERTIFICATE-----\n")
        return Certificate(file, certificate.key, certificate.request)
