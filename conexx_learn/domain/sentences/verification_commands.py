"""What `flask certificates verify` says of a file, in Spanish and in English."""

VERIFICATION_COMMANDS: dict[str, dict[str, str]] = {
    "identical": {
        "es": "es el archivo que se entregó",
        "en": "is the file that was handed out",
    },
    "altered": {
        "es": "no dice lo que se expidió; no la acepte. Cambió: {members}",
        "en": "does not say what was issued; do not accept it. Changed: {members}",
    },
    "other-signature": {
        "es": "dice lo que se expidió, pero su firma no es la de hoy; descargue el archivo de nuevo",
        "en": "says what was issued, but its signature is not the one of today; download the file again",
    },
    "other-file": {
        "es": "no es el PDF que se entregó; no lo acepte. Compare el papel con los datos verdaderos",
        "en": "is not the PDF that was handed out; do not accept it. Compare the paper with the true data",
    },
    "not-ready": {
        "es": "la constancia existe, pero sus archivos todavía se están firmando",
        "en": "the certificate exists, but its files are still being signed",
    },
    "withdrawn": {
        "es": "su titular retiró la constancia y pidió borrar sus datos; no acredita nada",
        "en": "its holder withdrew the certificate and had their data erased; it proves nothing",
    },
    "not-issued": {
        "es": "no corresponde a ninguna constancia expedida aquí",
        "en": "belongs to no certificate that was issued here",
    },
    "asks-number": {
        "es": "no nombra una sola constancia; verifique el folio impreso en el papel",
        "en": "names no single certificate; verify the number printed on the paper",
    },
    "unreadable": {
        "es": "no es un PDF, JSON, JWT o SVG de una constancia, o es demasiado grande",
        "en": "is no PDF, JSON, JWT or SVG of a certificate, or it is too large",
    },
    "register-altered": {
        "es": "El registro no dice lo que se firmó. No acepte la constancia y avise a la coordinación.",
        "en": "The register does not say what was signed. Do not accept the certificate, and tell the coordinator.",
    },
}

VERIFICATION_ERRORS: dict[str, dict[str, str]] = {
    "file-unreadable": {
        "es": "No se puede leer {path}. Revise los permisos del archivo.",
        "en": "{path} cannot be read. Check the permissions of the file.",
    },
}


def verification_sentence(key: str, lang: str, **facts: object) -> str:
    """Return a sentence in `es` or `en`."""
    pair = VERIFICATION_COMMANDS[key]
    return pair["es" if lang == "es" else "en"].format(**facts)
