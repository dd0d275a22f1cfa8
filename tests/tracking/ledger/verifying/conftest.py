"""What each file of these tests tampers with: made once for it, and undone after each test."""

from copy import deepcopy

import pytest

from tests.conftest import MakeOnce
from tests.tracking.ledger.verifying.scene import Scene, make_issued, make_scene


@pytest.fixture(scope="module")
def scene_once(make_once: MakeOnce) -> Scene:
    return make_once(make_scene)


@pytest.fixture
def scene(db: None, scene_once: Scene) -> Scene:
    return deepcopy(scene_once)


@pytest.fixture(scope="module")
def issued_once(make_once: MakeOnce) -> Scene:
    return make_once(make_issued)


@pytest.fixture
def issued(db: None, issued_once: Scene) -> Scene:
    return deepcopy(issued_once)
