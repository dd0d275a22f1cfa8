"""Signed notes are those that others' programs read: by Go's examples and C2SP's."""

import base64
import dataclasses

import pytest

from tracking.transparency.notes import Algorithm, Note, Signer, Verifier, signed

# The example of Go's golang.org/x/mod/sumdb/note.
PRIVATE = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PUBLIC = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
)
LINE = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdng"
    "otpRZb6KE6RyyBwJnAM=\n"
)
NAME = "vigia.example.pe/registro"
BODY = f"{NAME}\n3\n{base64.b64encode(bytes(32)).decode()}\n"
PORTAL = Signer(NAME, bytes(32))
WITNESS = Signer("testigo.example.pe/v1", bytes(range(32)), Algorithm.COSIGNATURE)
AT = 1_679_315_147


def test_a_note_is_that_of_go() -> None:
    signer = Signer.parse(PRIVATE)
    assert (str(signer), str(signer.verifier)) == (PRIVATE, PUBLIC)
    assert signed(TEXT, [signer]) == f"{TEXT}\n{LINE}"
    note = Note.parse(f"{TEXT}\n{LINE}")
    assert note.body == TEXT
    assert note.is_signed_by(Verifier.parse(PUBLIC))


def test_of_a_rotation_either_key_knows_it() -> None:
    new = Signer.new(NAME)
    note = Note.parse(signed(BODY, [PORTAL, new]))
    assert note.is_signed_by(PORTAL.verifier)
    assert note.is_signed_by(new.verifier)
    assert not note.is_signed_by(Signer.new(NAME).verifier)


def test_without_keys_it_is_a_note_that_nobody_signed() -> None:
    note = Note.parse(signed(BODY, []))
    assert (note.body, note.signatures) == (BODY, ())
    assert not note.is_signed_by(PORTAL.verifier)


def test_whatever_is_changed_is_not_signed() -> None:
    for forged in (
        signed(BODY, [PORTAL]).replace("\n3\n", "\n4\n"),
        signed(BODY, [dataclasses.replace(PORTAL, seed=bytes([1]) * 32)]),
        signed(BODY, [dataclasses.replace(PORTAL, name="otro.example.pe")]),
        BODY + "\n" + PORTAL.cosignature(BODY, AT),
    ):
        assert not Note.parse(forged).is_signed_by(PORTAL.verifier)


def test_a_signature_that_only_bears_the_hash_of_a_key_is_none() -> None:
    forged = base64.b64encode(PORTAL.verifier.hash + bytes(64)).decode()
    assert not Note.parse(f"{BODY}\n— {NAME} {forged}\n").is_signed_by(PORTAL.verifier)
    short = base64.b64encode(PORTAL.verifier.hash + b"x").decode()
    assert not Note.parse(f"{BODY}\n— {NAME} {short}\n").is_signed_by(PORTAL.verifier)


def test_a_witness_signs_what_it_saw_and_when() -> None:
    """The message of C2SP's tlog-cosignature, put together here by its own words."""
    line = WITNESS.cosignature(BODY, AT)
    sent = base64.b64decode(line.split()[2])
    assert sent[:4] == WITNESS.verifier.hash
    assert sent[4:12] == AT.to_bytes(8, "big")
    message = f"cosignature/v1\ntime {AT}\n{BODY}".encode()
    assert WITNESS.verifier.accepts(message, sent[12:])


def test_the_last_cosignature_of_a_witness_counts() -> None:
    lines = [WITNESS.cosignature(BODY, at) for at in (AT, AT + 60, AT - 60)]
    note = Note.parse(signed(BODY, [PORTAL]) + "".join(lines))
    assert note.cosigned_by(WITNESS.verifier) == (AT + 60, lines[1].rstrip("\n"))
    assert note.is_signed_by(PORTAL.verifier)
    assert not note.is_signed_by(WITNESS.verifier)


def test_no_other_makes_it_for_a_witness() -> None:
    other = dataclasses.replace(WITNESS, seed=bytes(32))
    of_other_text = WITNESS.cosignature(BODY.replace("\n3\n", "\n4\n"), AT)
    for line in (other.cosignature(BODY, AT), of_other_text, WITNESS.line(BODY)):
        assert Note.parse(f"{BODY}\n{line}").cosigned_by(WITNESS.verifier) is None
    line = PORTAL.cosignature(BODY, AT)
    assert Note.parse(f"{BODY}\n{line}").cosigned_by(PORTAL.verifier) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        BODY,
        f"{TEXT}\n{LINE}"[:-1],
        f"{TEXT}\n{LINE}\x00\n",
        f"{TEXT}\r\n\n{LINE}",
        f"{TEXT}\n{LINE}— PeterNeumann\n",
        f"{TEXT}\n{LINE}— Peter Neumann AAAAAAA=\n",
        f"{TEXT}\n{LINE}- PeterNeumann AAAAAAA=\n",
        f"{TEXT}\n— PeterNeumann AAAA\n",
        f"{TEXT}\n— PeterNeumann AAAAAAB=\n",
        f"{TEXT}\n— PeterNeumann AAAAAAA\n",
        f"{TEXT}\n" + LINE * 101,
    ],
)
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"note|signature|base64"):
        Note.parse(text)


@pytest.mark.parametrize("text", [TEXT.rstrip("\n"), "", f"{TEXT}\x07\n", f"{TEXT}\r\n"])
def test_what_no_note_can_have_is_not_signed(text: str) -> None:
    with pytest.raises(ValueError, match="new line"):
        signed(text, [PORTAL])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "PeterNeumann",
        PUBLIC[:-4],
        PUBLIC.replace("c74f20a3", "c74f20a4"),
        PUBLIC.replace("Peter", "Pedro"),
        PUBLIC.replace("Peter", "Peter "),
        PUBLIC.replace("+AR", "+Ap"),
        PRIVATE,
    ],
)
def test_what_is_no_public_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64|Algorithm"):
        Verifier.parse(text)


@pytest.mark.parametrize(
    "text", ["", PUBLIC, PRIVATE[:-4], PRIVATE.replace("c74f20a3", "c74f20a4")]
)
def test_what_is_no_private_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"key|base64"):
        Signer.parse(text)


@pytest.mark.parametrize(
    "name", ["", "con espacio", "con+signo", "con\ttabulador", "con\x01control"]
)
def test_no_key_has_a_name_that_no_note_can_carry(name: str) -> None:
    with pytest.raises(ValueError, match="no spaces"):
        Signer.new(name)


def test_a_private_key_is_not_shown_by_chance() -> None:
    signer = Signer.parse(PRIVATE)
    assert repr(signer) == f"Signer({PUBLIC})"
    assert PRIVATE.rpartition("+")[2] not in repr([signer])
