"""Where the installation has an antivirus, it is asked about each file before it is kept."""

import io
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import Settings

from accounts.antivirus import refuse_infected
from config.scanner import scanner_of

# The file by which antiviruses are tried (https://www.eicar.org), here in pieces: whole, it would
# be taken out of the clone by whoever scans it.
EICAR = "".join(["X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"])
HARMFUL = b"%PDF-1.4 " + EICAR.encode()


class Scanner:
    """A clamd that knows the trial file, or always ANSWERS the same."""

    def __init__(self, listener: socket.socket, answers: bytes = b"") -> None:
        self.listener, self.answers, self.read = listener, answers, b""

    def serve(self) -> None:
        with suppress(OSError):
            while True:
                line, _address = self.listener.accept()
                with line, line.makefile("rb") as coming:
                    line.sendall(self.answers or self._verdict(coming))

    def _verdict(self, coming: IO[bytes]) -> bytes:
        assert coming.read(10) == b"zINSTREAM\0"
        self.read = b""
        while length := struct.unpack(">I", coming.read(4))[0]:
            self.read += coming.read(length)
        return b"stream: Eicar-Test FOUND\0" if EICAR.encode() in self.read else b"stream: OK\0"


@pytest.fixture
def scanner(tmp_path: Path, settings: Settings) -> Iterator[Scanner]:
    settings.CLAMD = scanner_of(f"unix://{tmp_path}/clamd")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(settings.CLAMD)
        listener.listen()
        serving = Scanner(listener)
        thread = threading.Thread(target=serving.serve)
        thread.start()
        yield serving
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def refusal(content: bytes) -> str:
    with pytest.raises(ValidationError) as refused:
        refuse_infected(SimpleUploadedFile("acta.pdf", content))
    (sentence,) = refused.value.messages
    return sentence


def test_without_one_nothing_is_asked() -> None:
    refuse_infected(io.BytesIO(HARMFUL))


def test_what_is_known_to_do_harm_is_refused_by_its_name(
    scanner: Scanner, caplog: pytest.LogCaptureFixture
) -> None:
    assert "un programa dañino (Eicar-Test): no se guarda" in refusal(HARMFUL)
    assert "file.infected" in caplog.text
    assert "signature=Eicar-Test" in caplog.text


def test_all_of_a_file_is_looked_at(scanner: Scanner) -> None:
    large = bytes(200_000) + b"fin"
    refuse_infected(SimpleUploadedFile("plano.pdf", large))
    assert scanner.read == large
    assert "dañino" in refusal(large + HARMFUL)


@pytest.mark.parametrize(
    "answer", [b"INSTREAM size limit exceeded. ERROR\0", b"stream: ERROR\0", b"FOUND", b"OK", b" "]
)
def test_what_could_not_be_looked_at_is_refused(
    scanner: Scanner, answer: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    scanner.answers = answer
    assert "El antivirus no responde" in refusal(bytes(10_000_000))
    assert "file.unscanned" in caplog.text


def test_while_it_is_away_nothing_is_taken(settings: Settings, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for away in (str(tmp_path / "none"), ("127.0.0.1", port)):
        settings.CLAMD = away
        assert "El antivirus no responde" in refusal(HARMFUL)


@pytest.mark.parametrize(
    ("address", "named"),
    [
        ("", None),
        ("unix:///run/clamav/clamd.ctl", "/run/clamav/clamd.ctl"),
        ("tcp://127.0.0.1", ("127.0.0.1", 3310)),
        ("tcp://[::1]:3311", ("::1", 3311)),
    ],
)
def test_where_it_listens_is_said_by_an_address(address: str, named: object) -> None:
    assert scanner_of(address) == named


@pytest.mark.parametrize(
    "address", ["/run/clamd", "unix://clamd.ctl", "tcp://", "http://a", "tcp://a:b"]
)
def test_what_is_no_such_address_does_not_start(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="CLAMD_URL debe ser como"):
        scanner_of(address)
