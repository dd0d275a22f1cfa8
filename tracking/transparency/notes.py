"""Signed notes: a text, and below it a line for each who signed it (C2SP signed-note).

Two kinds of Ed25519 keys are known: those that sign a text (0x01), and those of witnesses, which
sign a checkpoint together with when they saw it (0x04, C2SP tlog-cosignature). Keys are written as
Go's ``sumdb/note`` writes them. Django is not needed: settings and tests read keys with this.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

MOST_SIGNATURES: Final = 100
PRIVATE: Final = "PRIVATE+KEY+"
_NAME: Final = r"[^\s+]+"
_NAMED: Final = re.compile(rf"({_NAME})\+([0-9a-f]{{8}})\+([0-9A-Za-z+/=]+)")
_LINE: Final = re.compile(rf"— ({_NAME}) ([0-9A-Za-z+/=]+)")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f]")
_HASH: Final = 4  # bytes of a key's hash
_KEY: Final = 32  # bytes of an Ed25519 key, of either half
_TIME: Final = 8  # bytes of when a witness signed


class Algorithm(IntEnum):
    """What a key signs."""

    ED25519 = 1
    COSIGNATURE = 4


@dataclass(frozen=True)
class Verifier:
    """A public key, with the name under which it signs."""

    name: str
    key: bytes
    algorithm: Algorithm = Algorithm.ED25519

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that ``name+hash+base64`` writes. ValueError where it is none."""
        name, algorithm, key, hashed = _parsed(text)
        verifier = cls(name, key, algorithm)
        if verifier.hash != hashed:
            raise ValueError("the hash is not that of the key")
        return verifier

    def __str__(self) -> str:
        return _written(self.name, self.hash, self.algorithm, self.key)

    @property
    def hash(self) -> bytes:
        """Four bytes by which a line of a note says which key signed it."""
        hashed = b"%s\n%c%s" % (self.name.encode(), self.algorithm, self.key)
        return hashlib.sha256(hashed).digest()[:_HASH]

    def accepts(self, message: bytes, signature: bytes) -> bool:
        """Whether SIGNATURE (64 bytes) is this key's, of MESSAGE."""
        try:
            Ed25519PublicKey.from_public_bytes(self.key).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True)
class Signer:
    """A private key, with the name under which it signs."""

    name: str
    seed: bytes
    algorithm: Algorithm = Algorithm.ED25519

    @classmethod
    def new(cls, name: str, algorithm: Algorithm = Algorithm.ED25519) -> Self:
        """A key that nobody had. ValueError where NAME is none that a note can carry."""
        if not is_name(name):
            raise ValueError("a name has no spaces and no +")
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw(), algorithm)

    @classmethod
    def parse(cls, text: str) -> Self:
        """The key that ``PRIVATE+KEY+name+hash+base64`` writes. ValueError where it is none."""
        if not text.startswith(PRIVATE):
            raise ValueError("a private key says so")
        name, algorithm, seed, hashed = _parsed(text.removeprefix(PRIVATE))
        signer = cls(name, seed, algorithm)
        if signer.verifier.hash != hashed:
            raise ValueError("the hash is not that of the key")
        return signer

    def __str__(self) -> str:
        return PRIVATE + _written(self.name, self.verifier.hash, self.algorithm, self.seed)

    def __repr__(self) -> str:
        return f"Signer({self.verifier})"

    @property
    def verifier(self) -> Verifier:
        key = self._private.public_key().public_bytes_raw()
        return Verifier(self.name, key, self.algorithm)

    def line(self, body: str) -> str:
        """The line by which this key signs BODY."""
        return self._line(self._private.sign(body.encode()))

    def cosignature(self, body: str, at: int) -> str:
        """The line by which a witness says that it saw BODY, AT seconds since 1970."""
        return self._line(at.to_bytes(_TIME) + self._private.sign(_seen(body, at)))

    @property
    def _private(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.seed)

    def _line(self, signature: bytes) -> str:
        return f"— {self.name} {_base64(self.verifier.hash + signature)}\n"


@dataclass(frozen=True)
class Signature:
    """A line below a note, as it came: nobody verified it yet."""

    name: str
    hash: bytes
    signature: bytes
    line: str

    def claims(self, verifier: Verifier) -> bool:
        """Whether it says that it is of VERIFIER's key."""
        return (self.name, self.hash) == (verifier.name, verifier.hash)


@dataclass(frozen=True)
class Note:
    """A text that ends with a new line, and the signatures that came with it, maybe none."""

    body: str
    signatures: tuple[Signature, ...]

    @classmethod
    def parse(cls, text: str) -> Self:
        """The note that TEXT is. ValueError where it is none."""
        body, blank, lines = text.rpartition("\n\n")
        if not body or not blank or _CONTROL.search(text) or (lines and not lines.endswith("\n")):
            raise ValueError("a note is a text, an empty line and signatures")
        read = tuple(_signature(line) for line in lines.split("\n")[:-1])
        if len(read) > MOST_SIGNATURES:
            raise ValueError("too many signatures")
        return cls(f"{body}\n", read)

    def is_signed_by(self, verifier: Verifier) -> bool:
        """Whether VERIFIER's key, one that signs texts, signed it."""
        return verifier.algorithm == Algorithm.ED25519 and any(
            each.claims(verifier) and verifier.accepts(self.body.encode(), each.signature)
            for each in self.signatures
        )

    def cosigned_by(self, verifier: Verifier) -> tuple[int, str] | None:
        """When VERIFIER, a witness's key, signed it last (seconds since 1970), and its line."""
        if verifier.algorithm != Algorithm.COSIGNATURE:
            return None
        found = []
        for each in self.signatures:
            at = int.from_bytes(each.signature[:_TIME])
            message = _seen(self.body, at)
            if each.claims(verifier) and verifier.accepts(message, each.signature[_TIME:]):
                found.append((at, each.line))
        return max(found, default=None)


def signed(body: str, signers: Iterable[Signer]) -> str:
    """BODY as a note that each of SIGNERS signed. ValueError where no note can have it."""
    if not body.endswith("\n") or _CONTROL.search(body):
        raise ValueError("a text ends with a new line and has no other control characters")
    return body + "\n" + "".join(signer.line(body) for signer in signers)


def is_name(text: str) -> bool:
    """Whether TEXT may name a key: no spaces, no plus sign, not empty."""
    return re.fullmatch(_NAME, text) is not None and _CONTROL.search(text) is None


def _seen(body: str, at: int) -> bytes:
    return f"cosignature/v1\ntime {at}\n{body}".encode()


def _signature(line: str) -> Signature:
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError("a signature is a dash, a name and base64")
    signature = _decoded(found[2])
    if len(signature) <= _HASH:
        raise ValueError("a signature is longer than its key's hash")
    return Signature(found[1], signature[:_HASH], signature[_HASH:], line)


def _parsed(text: str) -> tuple[str, Algorithm, bytes, bytes]:
    """Name, algorithm, key and hash."""
    found = _NAMED.fullmatch(text)
    data = _decoded(found[3]) if found else b""
    if not found or len(data) != 1 + _KEY:
        raise ValueError("a key is name+hash+base64")
    return found[1], Algorithm(data[0]), data[1:], bytes.fromhex(found[2])


def _written(name: str, hashed: bytes, algorithm: Algorithm, key: bytes) -> str:
    return f"{name}+{hashed.hex()}+{_base64(bytes([algorithm]) + key)}"


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _decoded(text: str) -> bytes:
    """What TEXT is the one base64 of."""
    try:
        data = base64.b64decode(text, validate=True)
    except binascii.Error:
        raise ValueError("no base64") from None
    if _base64(data) != text:
        raise ValueError("no base64")
    return data
