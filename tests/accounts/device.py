"""A device with a passkey, as a browser speaks with it: it signs what the page asks of it."""

import json
import re
import secrets
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

USER_PRESENT: Final = AuthenticatorData.FLAG.UP
WITH_CREDENTIAL: Final = USER_PRESENT | AuthenticatorData.FLAG.AT


@dataclass(frozen=True)
class Device:
    """Its one passkey; ``origin`` is where its browser believes to be."""

    origin: str = field(default_factory=lambda: settings.SITE_URL)
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    name: bytes = field(default_factory=lambda: secrets.token_bytes(16))

    def added(self, page: str) -> str:
        """What it answers to the PAGE that adds it, as JSON."""
        asked = _asked(page)["creation_options"]["publicKey"]
        public = ES256.from_cryptography_key(self.key.public_key())  # type: ignore[no-untyped-call]
        credential = AttestedCredentialData.create(Aaguid.NONE, self.name, public)
        place = sha256(asked["rp"]["id"].encode())
        data = AuthenticatorData.create(place, WITH_CREDENTIAL, 0, credential)
        return self._answer(
            {
                "clientDataJSON": self._seen("webauthn.create", asked["challenge"]),
                "attestationObject": AttestationObject.create("none", data, {}),
            }
        )

    def used(self, page: str) -> str:
        """What it answers to the PAGE that asks for it, as JSON."""
        asked = _asked(page)["request_options"]["publicKey"]
        data = AuthenticatorData.create(sha256(asked["rpId"].encode()), USER_PRESENT, 1)
        seen = self._seen("webauthn.get", asked["challenge"])
        signature = self.key.sign(data + sha256(seen), ec.ECDSA(hashes.SHA256()))
        return self._answer(
            {"clientDataJSON": seen, "authenticatorData": data, "signature": signature}
        )

    def _seen(self, kind: str, challenge: str) -> bytes:
        return CollectedClientData.create(kind, challenge, self.origin)

    def _answer(self, response: dict[str, bytes]) -> str:
        name = websafe_encode(self.name)
        answer = {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {each: websafe_encode(value) for each, value in response.items()},
            "clientExtensionResults": {},
        }
        return json.dumps(answer)


def _asked(page: str) -> Any:
    [written] = re.findall(r'<script id="llave-opciones"[^>]*>(.*?)</script>', page, re.DOTALL)
    return json.loads(written)
