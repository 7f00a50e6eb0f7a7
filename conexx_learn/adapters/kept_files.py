"""Files that were costly to make and can be made again."""

from collections.abc import Callable
from pathlib import Path
from tempfile import NamedTemporaryFile


def kept_file(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return a file's bytes, made and kept on first use; never half a file."""
    if path.is_file():
        return path.read_bytes()
    content = make()
    replace_file(path, content)
    return content


def replace_file(path: Path, content: bytes) -> None:
    """Write a file at once: readers see the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=path.parent, delete=False) as draft:
        draft.write(content)
    Path(draft.name).replace(path)
