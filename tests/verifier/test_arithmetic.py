"""Signatures, proofs and time-stamps, held to their documents and to what others compute."""

import datetime as dt
from hashlib import sha256
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.verifier.portal import consistency, inclusion, root_of
from tests.verifier.program import PATH, vigia_verify

# RFC 8032, section 7.1: public key, message, signature.
VECTORS = [
    (
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b4"
        "6bd25bf5f0595bbe24655141438e7a100b",
    ),
    (
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d"
        "8c387b2eaeb4302aeeb00d291612bb0c00",
    ),
    (
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6"
        "594a7c15e9716ed28dc027beceea1ec40a",
    ),
]


@pytest.mark.parametrize("vector", VECTORS)
def test_the_vectors_of_rfc_8032_hold_and_nothing_beside_them(vector: tuple[str, str, str]) -> None:
    public, message, signature = map(bytes.fromhex, vector)
    holds = vigia_verify.ed25519_holds
    assert holds(public, message, signature)
    assert not holds(public, message + b"\0", signature)
    assert not holds(public, message, signature[:32] + bytes(32))
    assert not holds(b"\xff" * 32, message, signature)
    assert not holds(public, message, signature[:63])


def test_a_signature_with_a_scalar_that_is_too_large_is_none() -> None:
    public, message, signature = map(bytes.fromhex, VECTORS[1])
    scalar = int.from_bytes(signature[32:], "little") + vigia_verify.L
    assert not vigia_verify.ed25519_holds(
        public, message, signature[:32] + scalar.to_bytes(32, "little")
    )


def test_what_another_library_signs_holds_and_no_bit_can_change() -> None:
    chance = Random(8032)
    for length in (0, 1, 300):
        key = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = key.public_key().public_bytes_raw(), chance.randbytes(length)
        signature = bytearray(key.sign(message))
        assert vigia_verify.ed25519_holds(public, message, bytes(signature))
        signature[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not vigia_verify.ed25519_holds(public, message, bytes(signature))


LEAVES = [vigia_verify.leaf_hash(bytes([number])) for number in range(17)]


def test_roots_are_those_of_rfc_6962_at_every_size() -> None:
    computed = vigia_verify.roots(bytearray(b"".join(LEAVES)), range(18))
    assert computed == {size: root_of(LEAVES[:size]) for size in range(18)}
    assert computed[0] == sha256(b"").digest()


def test_each_leaf_is_in_each_tree_by_its_proof_and_by_no_other() -> None:
    included = vigia_verify.is_included
    for size in range(1, 18):
        leaves, root = LEAVES[:size], root_of(LEAVES[:size])
        for index, leaf in enumerate(leaves):
            proof = inclusion(index, leaves)
            assert included(leaf, index, size, proof, root)
            assert not included(leaf, index, size, [*proof, leaf], root)
            assert not included(leaf, size, size, proof, root)
            assert not included(leaf, (index + 1) % size, size, proof, root) or size == 1
            assert not (proof and included(leaf, index, size, proof[:-1], root))


def test_each_tree_extends_each_that_is_smaller_and_no_other() -> None:
    extends = vigia_verify.is_extension
    for second in range(1, 18):
        root = root_of(LEAVES[:second])
        for first in range(1, second + 1):
            proof = consistency(first, LEAVES[:second])
            former = root_of(LEAVES[:first])
            assert extends(first, former, second, root, proof)
            assert not extends(first, LEAVES[16], second, root, proof) or second == 17
            assert not extends(first, former, second, LEAVES[16], proof)
            assert not extends(first, former, second, root, [*proof, root])
            assert not (proof and extends(first, former, second, root, proof[1:]))
    assert not extends(5, LEAVES[0], 4, LEAVES[0], [])


def _der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2)
    return bytes([tag]) + length + content


def _stamp(imprint: bytes, *, status: int = 0, at: bytes = b"20261120150000Z") -> bytes:
    """A time-stamp as RFC 3161 nests it, without who says it."""
    algorithm = _der(0x30, _der(0x06, vigia_verify.SHA256))
    info = _der(
        0x30,
        *(_der(0x02, b"\1"), _der(0x06, b"\x2a\x03")),
        *(_der(0x30, algorithm, _der(0x04, imprint)), _der(0x02, b"\7"), _der(0x18, at)),
    )
    enclosed = _der(0x30, _der(0x06, vigia_verify.TST_INFO), _der(0xA0, _der(0x04, info)))
    signed = _der(0x30, _der(0x02, b"\3"), _der(0x31), enclosed, bytes(300))
    token = _der(0x30, _der(0x06, b"\x2a\x04"), _der(0xA0, signed))
    return _der(0x30, _der(0x30, _der(0x02, bytes([status]))), token)


def test_a_time_stamp_says_of_what_it_is_and_when() -> None:
    at = dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC)
    stamp = _stamp(b"h" * 32)
    assert vigia_verify.stamped(stamp) == (b"h" * 32, at)


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        (b"", "incompleto"),
        (_stamp(b"h")[:-1], "cortado"),
        (_stamp(b"h")[:40], "cortado"),
        (_stamp(b"h", status=2), "no lo concedió"),
        (_stamp(b"h", at=b"ayer"), "no dice cuándo"),
    ],
)
def test_a_time_stamp_that_is_none_says_why(stamp: bytes, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        vigia_verify.stamped(stamp)


def test_it_runs_on_python_39() -> None:
    compile(PATH.read_text(), str(PATH), "exec", _feature_version=9)
