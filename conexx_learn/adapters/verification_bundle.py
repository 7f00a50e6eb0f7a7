"""The bundle that verifies without the product: one page, and a zip that holds it."""

import base64
import html
import io
import json
import re
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PAGE = Path(__file__).parent / "bundle"
FIRST_LANGUAGE = "es"

_PLACE = re.compile(r"\{\{([a-z-]+)\}\}")
_TEXT = re.compile(r'data-t="([a-z-]+)">')
_FILE_MODE = 0o100644 << 16


def bundle_page(
    data: Mapping[str, Any], texts: Mapping[str, Mapping[str, str]]
) -> bytes:
    """Write the page: everything inside, nothing from anywhere else.

    Its policy names its own script and style by their hashes, so that no network is
    asked and nothing that a file brings along can run.

    Args:
        data: What the page verifies with.
        texts: Name to language to text; the Spanish stands in it before it runs.
    """
    script, style = (_resource(name) for name in ("page.js", "page.css"))
    script = f"(() => {{\n'use strict'\n{script}}})()\n"
    said = {name: pair[FIRST_LANGUAGE] for name, pair in texts.items()}
    said["issuer"] = said["issuer"].format(did=data["did"])
    places = {
        "script": script,
        "script-hash": _policy_hash(script),
        "style": style,
        "style-hash": _policy_hash(style),
        "data": _inert_json(data),
        "texts": _inert_json(texts),
        "no-script-es": html.escape(texts["no-script"]["es"]),
        "no-script-en": html.escape(texts["no-script"]["en"]),
    }
    page = _TEXT.sub(
        lambda match: match[0] + html.escape(said[match[1]]), _resource("page.html")
    )
    return _PLACE.sub(lambda match: places[match[1]], page).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files; the same files give the same bytes, on any day and machine."""
    packed = io.BytesIO()
    with ZipFile(packed, "w") as archive:
        for name in sorted(files):
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = _FILE_MODE
            archive.writestr(entry, files[name])
    return packed.getvalue()


def checksums(files: Mapping[str, bytes]) -> bytes:
    """List the SHA-256 of files as `sha256sum -c` reads them."""
    lines = (
        f"{sha256(files[name]).hexdigest()}  {name}\n"  # two blanks: its own form
        for name in sorted(files)
    )
    return "".join(lines).encode()


def _resource(name: str) -> str:
    return (PAGE / name).read_text(encoding="utf-8")


def _policy_hash(text: str) -> str:
    digest = base64.b64encode(sha256(text.encode()).digest()).decode()
    return f"sha256-{digest}"


def _inert_json(value: object) -> str:
    """Write JSON that no text can end or turn into markup."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text.replace("&", r"\u0026").replace("<", r"\u003c").replace(">", r"\u003e")
