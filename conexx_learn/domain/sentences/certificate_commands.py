"""What the commands for certificates say, in Spanish and in English."""

CERTIFICATE_COMMANDS: dict[str, dict[str, str]] = {
    "valid": {"es": "vigente", "en": "valid"},
    "expired": {"es": "vencida", "en": "expired"},
    "suspended": {"es": "suspendida", "en": "suspended"},
    "revoked": {"es": "revocada", "en": "revoked"},
    "superseded": {"es": "sustituida por otra", "en": "replaced by another"},
    "unknown": {"es": "todavía no expedida", "en": "not issued yet"},
    "demo": {"es": "Demostración, sin validez", "en": "Demonstration, not valid"},
    "revoked-now": {
        "es": "Revocada. La página pública ya lo dice.",
        "en": "Revoked. The public page says so now.",
    },
    "suspended-now": {
        "es": "Suspendida. La página pública ya lo dice.",
        "en": "Suspended. The public page says so now.",
    },
    "reinstated-now": {
        "es": "Se levantó la suspensión.",
        "en": "The suspension is lifted.",
    },
    "corrected-now": {
        "es": "Corregida. La nueva constancia sustituye a la anterior y tiene este folio:",
        "en": "Corrected. The new certificate replaces the former one and has this number:",
    },
    "unchanged": {
        "es": "Ya estaba así: no cambió nada.",
        "en": "It was so already: nothing changed.",
    },
    "second-approval": {
        "es": "Falta la aprobación de otra persona de la coordinación; la constancia sigue como estaba.",
        "en": "Another coordinator has still to approve; the certificate stands as it was.",
    },
}


def certificate_sentence(key: str, lang: str) -> str:
    """Return a sentence in `es` or `en`."""
    return CERTIFICATE_COMMANDS[key]["es" if lang == "es" else "en"]
