"""An authority of our own that vouches for servers and clients, for one test."""

import datetime as dt
import inspect
import ipaddress
import ssl
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

PublicKey = ec.EllipticCurvePublicKey


@dataclass(frozen=True)
class Certificate:
    certificate: Path
    key: Path

    def serving(self, *, clients_of: "Authority | None" = None) -> ssl.SSLContext:
        """A server's context; it may want a certificate of whoever comes."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(self.certificate, self.key)
        if clients_of is not None:
            context.load_verify_locations(cafile=clients_of.file)
            context.verify_mode = ssl.CERT_REQUIRED
        return context


@dataclass
class Authority:
    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    itself: x509.Certificate = field(init=False)
    issued: int = 1

    def __post_init__(self) -> None:
        built = self._builder(self.name, self.key.public_key(), self.name, 1)
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        usage = dict.fromkeys(inspect.signature(x509.KeyUsage).parameters, False)
        signs = usage | {"key_cert_sign": True, "crl_sign": True}
        built = built.add_extension(x509.KeyUsage(**signs), critical=True)
        self.itself = built.sign(self.key, hashes.SHA256())
        self.file.write_bytes(self.itself.public_bytes(serialization.Encoding.PEM))

    @property
    def file(self) -> Path:
        return self.folder / f"{self.name}.pem"

    def vouches_for(self, *names: str) -> Certificate:
        """For a server of these names or addresses."""
        self.issued += 1
        key = ec.generate_private_key(ec.SECP256R1())
        subjects: list[x509.GeneralName] = [
            x509.IPAddress(ipaddress.ip_address(one)) if one[0].isdigit() else x509.DNSName(one) for one in names
        ]
        issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        built = (
            self._builder(names[0], key.public_key(), self.name, self.issued)
            .add_extension(x509.SubjectAlternativeName(subjects), critical=False)
            .add_extension(issuer, critical=False)
        )
        own = self.folder / f"{self.name}-{self.issued}"
        made = Certificate(own.with_suffix(".crt"), own.with_suffix(".key"))
        signed = built.sign(self.key, hashes.SHA256())
        made.certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
        plain = serialization.NoEncryption()
        made.key.write_bytes(
            key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        )
        made.key.chmod(0o600)
        return made

    @staticmethod
    def _builder(subject: str, key: PublicKey, issuer: str, number: int) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, issuer)]))
            .public_key(key)
            .serial_number(number)
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        )
