"""Private keys lie in files that nobody else can read, or they are refused."""

import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from conexx_learn.adapters.key_folder import (
    LARGEST_FILE,
    key_files,
    key_path,
    read_key,
    remove_key,
    write_key,
)
from conexx_learn.adapters.key_making import MadeKey, key_of_pem, new_key
from conexx_learn.domain.errors import RuleError
from conexx_learn.domain.issuer_keys import KeyKind
from tests.issuer_keys import private_pems

ED25519, RSA = 0, 1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "keys"


@pytest.fixture
def kept(folder: Path) -> MadeKey:
    """Return the RSA key of the tests, written."""
    key = key_of_pem(private_pems()[RSA])
    write_key(folder, key)
    return key


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(folder: Path, key: MadeKey) -> str:
    """Say why a key cannot be read; nothing private may be in it."""
    with pytest.raises(RuleError) as told:
        read_key(folder, key.fragment)
    assert "PRIVATE" not in repr(told.value.facts)
    return told.value.code


@pytest.mark.parametrize("which", [ED25519, RSA])
def test_what_is_written_is_read_and_belongs_to_its_owner_alone(
    folder: Path, which: int
) -> None:
    key = key_of_pem(private_pems()[which])

    before = os.umask(0)
    try:
        write_key(folder, key)
    finally:
        os.umask(before)
    write_key(folder, key)

    assert read_key(folder, key.fragment) == key.pem
    assert mode(folder) == 0o700
    assert mode(key_path(folder, key.fragment)) == 0o600
    assert [path.name for path in folder.iterdir()] == [f"{key.fragment}.pem"]
    assert key_files(folder) == {key.fragment}


def test_new_keys_are_what_the_issuer_needs() -> None:
    ed25519, rsa = new_key(KeyKind.ED25519), new_key(KeyKind.RSA)

    assert ed25519.fragment.startswith("z6Mk")
    assert load_pem_private_key(rsa.pem, None).key_size == 3072  # type: ignore[union-attr] # an RSA key
    assert set(rsa.jwk) == {"kty", "n", "e"}
    assert set(ed25519.jwk) == {"kty", "crv", "x"}
    assert "PRIVATE" not in repr(rsa)


def test_a_key_in_words_of_its_own_is_remembered_as_itself(kept: MadeKey) -> None:
    assert key_of_pem(kept.pem).fragment == kept.fragment


@pytest.mark.parametrize("rights", [0o640, 0o604, 0o660, 0o777])
def test_a_file_that_others_can_read_is_refused(
    folder: Path, kept: MadeKey, rights: int
) -> None:
    key_path(folder, kept.fragment).chmod(rights)

    assert refusal(folder, kept) == "key-file-open"


def test_a_folder_that_others_can_write_to_is_refused(
    folder: Path, kept: MadeKey
) -> None:
    folder.chmod(0o770)

    assert refusal(folder, kept) == "key-folder-open"
    with pytest.raises(RuleError, match="key-folder-open"):
        write_key(folder, kept)


def test_a_missing_file_and_a_missing_folder_are_told(
    folder: Path, kept: MadeKey
) -> None:
    remove_key(folder, kept.fragment)
    remove_key(folder, kept.fragment)
    assert refusal(folder, kept) == "key-file-missing"
    folder.rmdir()
    assert refusal(folder, kept) == "key-file-missing"
    assert key_files(folder) == set()


def test_a_pipe_or_a_folder_in_the_place_of_a_key_keeps_nobody_waiting(
    folder: Path, kept: MadeKey
) -> None:
    path = key_path(folder, kept.fragment)
    path.unlink()
    os.mkfifo(path, 0o600)
    assert refusal(folder, kept) == "key-file-damaged"
    path.unlink()
    path.mkdir(0o700)
    assert refusal(folder, kept) in {"key-file-damaged", "key-file-missing"}


def encrypted(pem: bytes) -> bytes:
    return load_pem_private_key(pem, None).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    )


def of_another_curve() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )


@pytest.mark.parametrize("damage", ["empty", "half", "binary", "huge", "locked", "ec"])
def test_a_damaged_file_is_refused(folder: Path, kept: MadeKey, damage: str) -> None:
    content = {
        "empty": b"",
        "half": kept.pem[: len(kept.pem) // 2],
        "binary": bytes(range(256)),
        "huge": kept.pem + b"\n" * LARGEST_FILE,
        "locked": encrypted(kept.pem),
        "ec": of_another_curve(),
    }[damage]
    key_path(folder, kept.fragment).write_bytes(content)

    assert refusal(folder, kept) == "key-file-damaged"


def test_the_file_of_another_key_is_refused(folder: Path, kept: MadeKey) -> None:
    key_path(folder, kept.fragment).write_bytes(private_pems()[ED25519])

    assert refusal(folder, kept) == "key-file-foreign"


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path, kept: MadeKey) -> None:
    (tmp_path / "file").write_text("in the way", encoding="ascii")

    with pytest.raises(RuleError, match="key-folder-unwritable"):
        write_key(tmp_path / "file" / "keys", kept)
