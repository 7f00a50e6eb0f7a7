"""What stands on the picture of a certificate beside its claims."""

BADGE: dict[str, dict[str, str]] = {
    "what": {"es": "Constancia de capacitación", "en": "Certificate of training"},
    "number": {"es": "Folio", "en": "Number"},
    "until": {"es": "Vigente hasta", "en": "Valid until"},
    "demo": {"es": "Demostración, sin validez", "en": "Demonstration, not valid"},
    "about": {
        "es": "Verifique la constancia {number} en {address}",
        "en": "Verify the certificate {number} at {address}",
    },
}
