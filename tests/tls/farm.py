"""The farm: one row for each server, with what is wrong with it, and what the program says of it.

That a certificate was revoked is not looked up by libcurl, so no row has one.
"""

import ssl
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from ssl import TLSVersion

import handshakes
import meetings
from certificates import FUTURE, PAST, ROOT, der_of, names
from meetings import closing_after, over_tls, saying

ADDRESS = "127.0.0.1"
NAME = "management-api.test"
SUBDOMAIN = "api.farm.test"
FAR_BELOW = "eu.api.farm.test"
SENT_NOTHING = "nothing was sent"
LEFT_ALONE = "nothing was changed"
AFTERWARDS = {6: "try again later", 13: "check the base URL"}
NAME_THE_CA = "if the host is right, name the CA that signed it as the CA file (--ca-file)"
LOOK_AT_THE_CLOCK = "check this machine's clock; where that is right, the host needs another certificate"
LOOK_AT_THE_URL = "check the base URL from XAI_MANAGEMENT_BASE_URL"
ANOTHER_CERTIFICATE = LOOK_AT_THE_URL + "; where that is right, the host needs another certificate"


@dataclass(frozen=True)
class Row:
    name: str
    host: str
    meet: Callable
    code: int
    line: str  # `{host}` and `{trust}` stand for what the run was given, `{limit}` for what was left of its time.
    after_write: str | None = None  # What of the line a write has, when what it did is not known; exit 8.
    keys_made: int = 0  # By such a write.
    trust: object = None  # The CA file; without one the farm's root.
    options: tuple = ()
    path: str = ""

    @property
    def is_good(self):
        return self.code == 0


class Farm:
    """All rows; `mint` makes what certificates they need."""

    def __init__(self, mint):
        self.mint = mint
        self.root = mint.authority("Farm Root")
        self.good = self.leaf(",".join([f"IP:{ADDRESS}", *(f"DNS:{name}" for name in (NAME, SUBDOMAIN, FAR_BELOW))]))
        self.contexts = 0
        self.meet_well = over_tls(self.context(self.good))
        self.rows = [*self.good_servers(), *self.made_out_to_others(), *self.of_bad_origin(), *self.with_bad_contents(),
                     *self.of_old_times(), *self.breaking_the_handshake(), *self.breaking_later()]

    def leaf(self, san="IP:127.0.0.1", issuer="root", name="farm", more=(), **options):
        extensions = ["basicConstraints=CA:FALSE", *([f"subjectAltName={san}"] if san else []), *more]
        return self.mint.certificate(name, self.root if issuer == "root" else issuer, extensions, **options)

    def context(self, certificate, *chain, lowest=TLSVersion.TLSv1, highest=TLSVersion.TLSv1_3,
                ciphers="ALL:@SECLEVEL=0"):
        """A server that itself minds no weakness."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers(ciphers)
        if certificate:
            self.contexts += 1
            file = self.mint.folder / f"chain-{self.contexts}.pem"
            file.write_text("".join(each.file.read_text() for each in (certificate, *chain)))
            context.load_cert_chain(file, certificate.key)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            context.minimum_version, context.maximum_version = lowest, highest
        return context

    def good_servers(self):
        """Without these a program that trusts nobody would pass."""
        def good(name, host, *chain, trust=None, **options):
            return Row(name, host, over_tls(self.context(*chain, **options)), 0, "", trust=trust)

        signer = self.mint.authority("Signer", self.root)
        signed = self.leaf(issuer=signer)
        other = self.mint.authority("Other Root")
        alone = self.leaf(issuer=None)
        yield good("good, by address", ADDRESS, self.leaf())
        yield good("good, by name", NAME, self.leaf(f"DNS:{NAME}"))
        yield good("good, by wildcard", SUBDOMAIN, self.leaf("DNS:*.farm.test"))
        yield good("good, by common name alone", NAME, self.leaf(None, name=NAME))
        yield good("good, TLS 1.2", ADDRESS, self.good, highest=TLSVersion.TLSv1_2)
        yield good("good, with its intermediate", ADDRESS, signed, signer)
        yield good("good, with the whole chain", ADDRESS, signed, signer, self.root)
        yield good("good, its intermediate is the CA file", ADDRESS, signed, trust=signer)
        yield good("good, the other CA is the CA file", ADDRESS, self.leaf(issuer=other), trust=other)
        yield good("good, signed by itself and the CA file", ADDRESS, alone, trust=alone)

    def made_out_to_others(self):
        def other(name, host, certificate):
            return Row(name, host, over_tls(self.context(certificate)), 13,
                       f"the certificate of {{host}} is made out to another host; {SENT_NOTHING}; {LOOK_AT_THE_URL}")

        nul = self.leaf(None, name=f"{NAME}Z.other.test")
        yield other("another name", NAME, self.leaf("DNS:other.test"))
        yield other("a name, met by address", ADDRESS, self.leaf("DNS:other.test"))
        yield other("another address", ADDRESS, self.leaf("IP:127.0.0.2"))
        yield other("the address written as a name", ADDRESS, self.leaf("DNS:127.0.0.1"))
        yield other("another common name, no names", ADDRESS, self.leaf(None, name="other.test"))
        yield other("the common name, but other names", NAME, self.leaf("DNS:other.test", name=NAME))
        yield other("no name that hosts have", ADDRESS, self.leaf("email:farm@farm.test"))
        yield other("wildcard for addresses", ADDRESS, self.leaf("DNS:*.0.0.1"))
        yield other("wildcard of two labels", SUBDOMAIN, self.leaf("DNS:*.*.test"))
        yield other("wildcard one label too high", FAR_BELOW, self.leaf("DNS:*.farm.test"))
        yield other("wildcard for a top-level domain", NAME, self.leaf("DNS:*.test"))
        yield other("wildcard within a label", SUBDOMAIN, self.leaf("DNS:a*.farm.test"))
        yield other("wildcard for all", NAME, self.leaf("DNS:*"))
        yield other("a NUL within a name", NAME, self.mint.certificate(
            "farm", self.root, [names(NAME.encode() + b"\0.other.test")]))
        yield other("a NUL within the common name", NAME, self.mint.altered(nul, b"testZ", b"test\0", self.root))

    def untrusted(self, name, why, advice, *chain, meet=None, **more):
        return Row(name, ADDRESS, meet or over_tls(self.context(*chain)), 13,
                   f"the certificate of {{host}} is not trusted ({why}); judged by {{trust}}; {SENT_NOTHING}; {advice}",
                   **more)

    def of_bad_origin(self):
        """The chain is at fault."""
        def signed_by(issuer, *chain):
            return self.leaf(issuer=issuer), issuer, *chain

        def intermediate(*extensions, issuer=self.root, **options):
            return self.mint.authority("Signer", issuer, extensions or ROOT, **options)

        unknown = "unable to get local issuer certificate"
        no_ca = "invalid CA certificate"
        other = self.mint.authority("Other Root")
        # One that bears the name of its signer would not count.
        deep = self.mint.authority("Upper Signer", self.root, ["basicConstraints=critical,CA:TRUE,pathlen:0"])
        old_root = self.mint.authority("Old Root", valid=PAST)
        yield self.untrusted("unknown CA", unknown, NAME_THE_CA, self.leaf(issuer=other))
        yield self.untrusted("unknown CA, sent along", "self-signed certificate in certificate chain", NAME_THE_CA,
                             *signed_by(other))
        yield self.untrusted("another CA of the same name", "it is damaged, or a signature is wrong",
                             ANOTHER_CERTIFICATE, self.leaf(issuer=self.mint.authority("Farm Root")))
        yield self.untrusted("signed by itself", "self-signed certificate", NAME_THE_CA, self.leaf(issuer=None))
        yield self.untrusted("intermediate missing", unknown, NAME_THE_CA, self.leaf(issuer=intermediate()))
        yield self.untrusted("intermediate expired", "certificate has expired", LOOK_AT_THE_CLOCK,
                             *signed_by(intermediate(valid=PAST)))
        yield self.untrusted("root expired", "certificate has expired", LOOK_AT_THE_CLOCK,
                             self.leaf(issuer=old_root), trust=old_root)
        yield self.untrusted("intermediate that is no CA", no_ca, ANOTHER_CERTIFICATE,
                             *signed_by(intermediate("basicConstraints=critical,CA:FALSE")))
        yield self.untrusted("intermediate that does not say it is a CA", no_ca, ANOTHER_CERTIFICATE,
                             *signed_by(intermediate("keyUsage=digitalSignature")))
        yield self.untrusted("intermediate that may not sign", no_ca, ANOTHER_CERTIFICATE, *signed_by(
            intermediate("basicConstraints=critical,CA:TRUE", "keyUsage=critical,digitalSignature")))
        yield self.untrusted("a server's certificate used as a CA", no_ca, ANOTHER_CERTIFICATE, *signed_by(self.good))
        yield self.untrusted("path longer than allowed", "path length constraint exceeded", ANOTHER_CERTIFICATE,
                             *signed_by(intermediate(issuer=deep), deep))
        yield self.untrusted("outside of what its CA may name", "permitted subtree violation", ANOTHER_CERTIFICATE,
                             *signed_by(intermediate(*ROOT, "nameConstraints=permitted;IP:10.0.0.0/255.0.0.0")))
        yield self.untrusted("among what its CA may not name", "excluded subtree violation", ANOTHER_CERTIFICATE,
                             *signed_by(intermediate(*ROOT, "nameConstraints=excluded;IP:127.0.0.0/255.0.0.0")))

    def with_bad_contents(self):
        """The server's own certificate is at fault."""
        damaged = "it is damaged, or a signature is wrong"
        weak_digest = "CA signature digest algorithm too weak"
        rsa = self.mint.authority("RSA Signer", self.root, kind="rsa:2048")
        by_rsa = self.leaf(issuer=rsa, name="farm of RSA")
        expired = self.leaf(valid=PAST)
        yield self.untrusted("expired", "certificate has expired", LOOK_AT_THE_CLOCK, expired)
        yield self.untrusted("expired, and a base URL that looks wrong", "certificate has expired", LOOK_AT_THE_CLOCK,
                             expired, path="/v1")
        yield self.untrusted("not yet valid", "certificate is not yet valid", LOOK_AT_THE_CLOCK,
                             self.leaf(valid=FUTURE))
        yield self.untrusted("for clients only", "unsuitable certificate purpose", ANOTHER_CERTIFICATE,
                             self.leaf(more=["extendedKeyUsage=clientAuth"]))
        yield self.untrusted("signed with SHA-1", weak_digest, ANOTHER_CERTIFICATE, self.leaf(digest="sha1"))
        yield self.untrusted("signed with MD5", weak_digest, ANOTHER_CERTIFICATE,
                             self.leaf(issuer=rsa, digest="md5"), rsa)
        yield self.untrusted("RSA of 1024 bits", "EE certificate key too weak", ANOTHER_CERTIFICATE,
                             self.leaf(kind="rsa:1024"))
        yield self.untrusted("unknown critical extension", "unhandled critical extension", ANOTHER_CERTIFICATE,
                             self.leaf(more=["1.2.3.4.5=critical,ASN1:UTF8String:x"]))
        yield self.untrusted("changed after it was signed", damaged, ANOTHER_CERTIFICATE,
                             self.mint.altered(self.good, b"farm", b"barn"))
        yield self.untrusted("changed after RSA signed it", damaged, ANOTHER_CERTIFICATE,
                             self.mint.altered(by_rsa, b"farm of RSA", b"barn of RSA"), rsa)
        for name, der in (("truncated", der_of(self.good)[:-40]), ("nonsense", b"x" * 300)):
            yield self.untrusted(f"{name} certificate", damaged, ANOTHER_CERTIFICATE, meet=saying(
                handshakes.server_hello(), handshakes.certificates(der)))

    def broken(self, name, why, meet, **more):
        return Row(name, ADDRESS, meet, 6,
                   f"cannot reach {{host}} ({why}); {SENT_NOTHING}; {LOOK_AT_THE_URL} and the network", **more)

    def of_old_times(self):
        """What is spoken is too old, or too weak."""
        old = "it speaks no TLS 1.2 or later"
        refused = "it refused TLS: handshake failure"
        for name, version in (("TLS 1.0", TLSVersion.TLSv1), ("TLS 1.1", TLSVersion.TLSv1_1)):
            yield self.broken(f"{name} only", old, over_tls(self.context(self.good, highest=version)))
        hello = handshakes.server_hello
        yield self.broken("answers in TLS 1.1", old, saying(hello(handshakes.TLS_1_1)))
        yield self.broken("answers in SSL 3", old, saying(hello(handshakes.SSL_3)))
        yield self.broken("downgraded from TLS 1.3", "the version of TLS was lowered on the way",
                          saying(hello(random_end=handshakes.DOWNGRADE)))
        yield self.broken("no secure renegotiation", "it lacks secure renegotiation, RFC 5746",
                          saying(hello(extensions=b"")))
        yield self.broken("chooses RC4, which was not offered", "TLS failed: unknown cipher returned",
                          saying(hello(cipher=handshakes.RC4_SHA)))
        yield self.broken("ciphers that hide nothing", refused, over_tls(self.context(
            self.good, highest=TLSVersion.TLSv1_2, ciphers="eNULL:@SECLEVEL=0")))
        yield self.broken("ciphers that prove nothing", refused, over_tls(self.context(
            None, highest=TLSVersion.TLSv1_2, ciphers="aNULL:@SECLEVEL=0")))
        asking = self.context(self.good, highest=TLSVersion.TLSv1_2)
        asking.verify_mode = ssl.CERT_REQUIRED
        asking.load_verify_locations(self.root.file)
        yield self.broken("asks for a client's certificate, TLS 1.2", refused, over_tls(asking))

    def breaking_the_handshake(self):
        closed = "it closed the connection during the TLS handshake"
        hello = handshakes.server_hello()
        http = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
        for name, text in (("HTTP", http), ("SSH", b"SSH-2.0-farm\r\n"), ("nonsense", bytes(range(200, 256)) * 9)):
            yield self.broken(f"answers in plain {name}", "it does not speak TLS", saying(text))
        yield self.broken("answers in plain HTTP and closes", "it does not speak TLS", closing_after(http))
        yield self.broken("closes", closed, closing_after())
        yield self.broken("closes after its hello", closed, closing_after(hello))
        yield self.broken("resets", closed, meetings.resetting)
        for name in handshakes.ALERTS:
            yield self.broken(f"alert {name}", f"it refused TLS: {name.replace('_', ' ')}",
                              saying(handshakes.alert(name)))
        yield self.broken("no certificate", "TLS failed: length mismatch", saying(hello, handshakes.certificates()))
        yield self.broken("a certificate of 16 MiB", "TLS failed: excessive message size",
                          saying(hello, handshakes.certificates_of_16_mib()))
        late = f"cannot reach {{host}} within the limit of {{limit}}; {SENT_NOTHING}; {LOOK_AT_THE_URL} and the network"
        for name, meet in (("silent", saying()), ("a byte at a time", meetings.dripping)):
            yield Row(name, ADDRESS, meet, 6, late, options=("--timeout", "2s"))

    def breaking_later(self):
        """Trusted, so that a request reaches it; a write may have been made."""
        def later(name, code, what, play, made=1, context=self.context(self.good)):
            return Row(name, ADDRESS, over_tls(context, play), code, f"{what}; {LEFT_ALONE}; {AFTERWARDS[code]}", what, made)

        closed = "{host} closed the connection without an answer"
        broken = "the connection to {host} broke off without an answer"
        asking = self.context(self.good)
        asking.verify_mode = ssl.CERT_REQUIRED
        asking.load_verify_locations(self.root.file)
        # The client has begun to send by the time it hears of that.
        yield later("asks for a client's certificate, TLS 1.3", 6,
                    f"{broken} (it asks for a client certificate)", meetings.answering, 0, asking)
        yield later("closes without an answer", 6, closed, meetings.closing_at_once, 0)
        yield later("closes after the change", 6, closed, meetings.closing_after_the_change)
        yield later("resets after the change", 6, closed, meetings.resetting_after_the_change)
        yield later("cuts the answer", 6, "the answer of {host} was cut after 1 bytes", meetings.cutting)
        yield later("spoils a record", 6, f"{broken} (TLS failed: decryption failed or bad record mac)",
                    meetings.spoiling_a_record)
        yield later("answers in HTTP/2", 13, "{host} answered something that is not valid HTTP",
                    meetings.answering_in_http_2)
