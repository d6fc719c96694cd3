"""A real mail server for tests, on this machine: TLS with a certificate of its own, and faults."""

import contextlib
import datetime as dt
import socket
import ssl
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from console.domain.outgoing_mail import MailAccount

USER, PASSWORD = "spravce", "heslo-k-poste"


@dataclass
class Server:
    """What the server got, and how it is to behave.

    Args:
        account: how it is reached.
        taken: the mails that it took.
        answer: to the text of a mail; empty takes it.
        breaks: whether the connection breaks once the text has come.
    """

    account: MailAccount
    taken: list[EmailMessage] = field(default_factory=list)
    answer: str = ""
    breaks: bool = False
    refused_addresses: tuple[str, ...] = ()
    tried: int = 0

    async def handle_RCPT(  # noqa: N802
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        """Take an address, or refuse it."""
        if address in self.refused_addresses:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Take a mail, or do what a test wants."""
        self.tried += 1
        if self.answer:
            return self.answer
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.taken.append(message)
        if self.breaks:
            server.transport.abort()
        return "250 OK"


def _authenticate(_s: Any, _session: Any, _e: Any, _mechanism: str, data: Any) -> AuthResult:
    fits = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=fits, handled=False)


@contextlib.contextmanager
def smtp_server(folder: Path, user: str = "", from_the_start: bool = False) -> Iterator[Server]:
    """Run a server while a test lasts.

    Args:
        folder: for its certificate.
        user: asked for with PASSWORD; nobody where empty.
        from_the_start: TLS from the first byte, instead of STARTTLS.
    """
    context, certificate = _tls(folder)
    server = Server(MailAccount(sender="manager@operator.example"))

    class _Controller(Controller):
        def factory(self) -> SMTP:
            with warnings.catch_warnings():
                # It does not know that the whole connection is encrypted already.
                warnings.simplefilter("ignore")
                return SMTP(
                    self.handler,
                    enable_SMTPUTF8=True,
                    tls_context=None if from_the_start else context,
                    require_starttls=not from_the_start,
                    auth_required=bool(user),
                    authenticator=_authenticate,
                    auth_require_tls=not from_the_start,
                )

        def _trigger_server(self) -> None:
            """Knock at the port that was free, which is not the one that was asked for."""
            assert self.server is not None
            socket.create_connection(self.server.sockets[0].getsockname()[:2]).close()

    controller = _Controller(
        server,
        hostname="localhost",
        port=0,
        ssl_context=context if from_the_start else None,
    )
    controller.start()
    assert controller.server is not None
    port = controller.server.sockets[0].getsockname()[1]
    server.account = MailAccount(
        host="localhost",
        port=port,
        user=user,
        sender="manager@operator.example",
        certificate=certificate,
    )
    try:
        yield server
    finally:
        controller.stop()


def _tls(folder: Path) -> tuple[ssl.SSLContext, str]:
    """Return a context with a certificate made for this run, and the certificate (PEM)."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    text = certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "server.pem").write_bytes(
        text
        + key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem")
    return context, text.decode()
