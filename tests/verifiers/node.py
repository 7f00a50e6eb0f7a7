"""The JavaScript verifiers, asked as a stranger would ask them."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

HERE = Path(__file__).parent
PATIENCE = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify.mjs` said of one certificate.

    Attributes:
        code: Why it is refused, in a word; empty when it is accepted.
        form: `json`, `jwt`, `svg-json` or `svg-jwt`; empty when it cannot be told.
        agreed: Libraries that accepted it.
        reason: For people.
    """

    code: str
    form: str
    agreed: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Question:
    """A certificate for `verify.mjs` to decide on.

    Attributes:
        source: A file or an address of the issuer.
        origin: Where the issuer is reached.
        public_url: Origin that the certificate names; empty for `origin`.
        at: Moment to decide for; None for now.
        email: Of whom presents it; empty when nobody asks.
    """

    source: Path | str
    origin: str
    public_url: str = ""
    at: datetime | None = None
    email: str = ""

    def as_json(self) -> dict[str, str | None]:
        """Return it as `verify.mjs` reads it."""
        return {
            "source": str(self.source),
            "origin": self.origin,
            "publicUrl": self.public_url,
            "at": self.at.isoformat() if self.at else None,
            "email": self.email,
        }


def verdicts(questions: Sequence[Question], folder: Path) -> list[Verdict]:
    """Let Node decide on certificates, all in one process.

    Args:
        questions: At least one.
        folder: Where the list of them may be written.
    """
    node = shutil.which("node")
    assert node, "Node is needed to verify with other code: install nodejs and npm"
    batch = folder / "batch.json"
    batch.write_text(json.dumps([each.as_json() for each in questions]))
    done = subprocess.run(
        [node, "verify.mjs", f"--batch={batch}"],
        cwd=HERE,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    lines = done.stdout.splitlines()
    assert len(lines) == len(questions), done.stderr
    found = [_verdict(line) for line in lines]
    assert done.returncode == int(any(verdict.code for verdict in found))
    return found


def _verdict(line: str) -> Verdict:
    said = json.loads(line)
    accepted = said["verdict"] == "valid"
    return Verdict(
        code="" if accepted else said["code"],
        form=said.get("form", ""),
        agreed=tuple(said.get("agreed", ())),
        reason=said.get("reason", ""),
    )
