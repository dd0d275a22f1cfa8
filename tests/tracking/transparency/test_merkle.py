"""The tree of RFC 6962: its vectors, and that each proof proves what is so, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracking.transparency.trees import hashes, is_consistent, is_included, root_of
from tracking.transparency.merkle import (
    EMPTY,
    Range,
    consistency,
    folded,
    inclusion,
    leaf_hash,
    perfect,
)

# The inputs of the reference tests of Certificate Transparency, and the roots of the trees of the
# first one, two … eight of them.
INPUTS = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    bytes.fromhex("5051525354555657"),
    bytes.fromhex("606162636465666768696a6b6c6d6e6f"),
]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


def hash_of(span: Range, leaves: list[bytes]) -> bytes:
    start, end = span
    return root_of(leaves[start:end])


def test_the_vectors_of_the_reference() -> None:
    leaves = [leaf_hash(each) for each in INPUTS]
    assert [root_of(leaves[:n]).hex() for n in range(1, 9)] == ROOTS
    assert EMPTY.hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    path = [hash_of(each, leaves).hex() for each in inclusion(5, 8)]
    assert path == [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        ROOTS[3],
    ]


@given(st.integers(0, 70))
def test_a_range_is_the_fold_of_its_perfect_subtrees(size: int) -> None:
    leaves = hashes(size)
    parts = [
        root_of(leaves[index << level : (index + 1) << level])
        for level, index in perfect((0, size))
    ]
    assert folded(parts) == root_of(leaves)


@given(st.data())
def test_each_leaf_is_proved_in_each_tree_that_has_it_and_in_no_other(data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 70))
    index = data.draw(st.integers(0, size - 1))
    leaves = hashes(size)
    root = root_of(leaves)
    proof = [hash_of(each, leaves) for each in inclusion(index, size)]
    assert is_included(leaves[index], index, size, proof, root)
    assert not is_included(leaf_hash(b"x"), index, size, proof, root)
    assert not is_included(leaves[index], index, size, [*proof, root], root)
    assert not is_included(leaves[index], index, size, proof, root_of(hashes(size + 1)))
    other = data.draw(st.integers(0, size))
    assert other == index or not is_included(leaves[index], other, size, proof, root)


@given(st.data())
def test_a_tree_is_proved_to_begin_with_each_of_its_beginnings(data: st.DataObject) -> None:
    second = data.draw(st.integers(1, 70))
    first = data.draw(st.integers(1, second))
    leaves = hashes(second)
    old, new = root_of(leaves[:first]), root_of(leaves)
    proof = [hash_of(each, leaves) for each in consistency(first, second)]
    assert is_consistent(first, second, proof, old, new)
    changed = [*leaves[: first - 1], leaf_hash(b"x")]
    assert not is_consistent(first, second, proof, root_of(changed), new)
    assert not is_consistent(first, second, [*proof, new], old, new)
    if proof:
        assert not is_consistent(first, second, proof[:-1], old, new)
    assert not is_consistent(first, second + 1, proof, old, root_of([*leaves, leaves[0]]))


def test_every_tree_begins_with_nothing() -> None:
    assert is_consistent(0, 3, [], EMPTY, root_of(hashes(3)))
    assert not is_consistent(0, 3, [], leaf_hash(b""), root_of(hashes(3)))
    assert not is_consistent(4, 3, [], root_of(hashes(4)), root_of(hashes(3)))


@pytest.mark.parametrize(("index", "size"), [(0, 0), (3, 3), (-1, 2)])
def test_what_is_not_there_has_no_proof(index: int, size: int) -> None:
    with pytest.raises(ValueError, match=str(index)):
        inclusion(index, size)
    assert not is_included(EMPTY, index, size, [], EMPTY)


@pytest.mark.parametrize(("first", "second"), [(0, 2), (3, 2), (-1, 2)])
def test_no_consistency_is_proved_backwards(first: int, second: int) -> None:
    with pytest.raises(ValueError, match=str(first)):
        consistency(first, second)
