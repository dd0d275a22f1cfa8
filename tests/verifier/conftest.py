"""Where whoever verifies keeps what they remember, and what they downloaded."""

from pathlib import Path

import pytest

from tests.verifier.portal import Portal, small_portal


@pytest.fixture
def portal() -> Portal:
    return small_portal()


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memoria.json"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "descargado"
