"""Certificates, good and bad, by the PyPI package trustme."""

import datetime
import functools
import ssl

import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


class Certificates:
    """Those of one run. Its authority is in `file`, which the daemon takes for the system's."""

    def __init__(self, folder):
        self.folder = folder
        self.authority = trustme.CA()
        self.file = f"{folder}/authorities.pem"
        self.authority.cert_pem.write_to_path(self.file)

    @functools.cache
    def good(self, name=None, h2=False):
        return self.context(self.authority.issue_cert(name or HERE), h2)

    def context(self, certificate, h2=False):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_alpn_protocols(["h2", "http/1.1"] if h2 else ["http/1.1"])
        certificate.configure_cert(context)
        return context

    @functools.cache
    def expired(self):
        past = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=2)
        return self.context(self.authority.issue_cert(
            HERE, not_before=past - datetime.timedelta(days=30), not_after=past))

    @functools.cache
    def elsewhere(self):
        return self.context(self.authority.issue_cert("another.test"))

    @functools.cache
    def own(self):
        """Signed by itself."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HERE)])
        now = datetime.datetime.now(datetime.timezone.utc)
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(name)
        builder = builder.public_key(key.public_key()).serial_number(7)
        builder = builder.not_valid_before(now - datetime.timedelta(days=1))
        certificate = builder.not_valid_after(now + datetime.timedelta(days=9)).sign(
            key, hashes.SHA256())
        path = f"{self.folder}/own.pem"
        with open(path, "wb") as file:
            file.write(key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption()))
            file.write(certificate.public_bytes(serialization.Encoding.PEM))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    @functools.cache
    def old(self):
        """A good certificate, and TLS 1.0 alone."""
        context = self.context(self.authority.issue_cert(HERE))
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1
        return context
