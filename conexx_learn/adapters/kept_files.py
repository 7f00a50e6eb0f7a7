"""Files that are written whole or not at all."""

from pathlib import Path
from tempfile import NamedTemporaryFile


def replace_file(path: Path, content: bytes) -> None:
    """Write a file at once: readers see the old one or the new one, never a part.

    A draft is named after its file, so that who looks for it finds what a crash left.

    Raises:
        OSError: The disk is full, or the folder cannot be written; no draft stays.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(
        dir=path.parent, prefix=f"{path.name}.", suffix=".draft", delete=False
    ) as draft:
        written = Path(draft.name)
        try:
            draft.write(content)
            draft.flush()
            written.replace(path)
        except OSError:
            written.unlink(missing_ok=True)
            raise
