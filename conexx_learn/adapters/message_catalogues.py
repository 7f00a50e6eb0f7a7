"""Message catalogues: many small .po files of a language become one .mo."""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from conexx_learn.adapters.kept_files import replace_file

SOURCE = Path(__file__).parent.parent / "translations"


def merged_catalogue(folder: Path) -> Catalog:
    """Merge every .po file of a language.

    Raises:
        ValueError: Two files translate one message differently.
    """
    merged = Catalog(locale=folder.name, charset="utf-8")
    for path in sorted(folder.glob("*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=folder.name, charset="utf-8")
        for message in catalogue:
            if not message.id or message.fuzzy or not message.string:
                continue
            known = merged.get(message.id, message.context)
            if known is not None and known.string != message.string:
                raise ValueError(f"{path.name}: {message.id!r} is translated twice")
            merged.add(message.id, message.string, context=message.context)
    return merged


def compile_catalogues(target: Path, source: Path = SOURCE) -> None:
    """Write `target/<lang>/LC_MESSAGES/messages.mo` where a source is newer."""
    for folder in sorted(path for path in source.iterdir() if path.is_dir()):
        compiled = target / folder.name / "LC_MESSAGES" / "messages.mo"
        newest = max(path.stat().st_mtime_ns for path in [folder, *folder.glob("*.po")])
        if compiled.exists() and compiled.stat().st_mtime_ns >= newest:
            continue
        content = BytesIO()
        write_mo(content, merged_catalogue(folder))
        replace_file(compiled, content.getvalue())
