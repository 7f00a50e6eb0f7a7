"""What the bundle for checking without the product says: its page, its notes."""

from conexx_learn.domain.sentences.credentials import SENTENCES

BUNDLE_PAGE: dict[str, dict[str, str]] = {
    "title": {
        "es": "Verificar una constancia sin conexión",
        "en": "Verify a certificate offline",
    },
    "issuer": {"es": "Expide: {did}", "en": "Issuer: {did}"},
    "lede": {
        "es": "Elija el archivo que le entregaron o pegue su texto. Todo ocurre en esta página: nada sale de su computadora.",
        "en": "Choose the file that you were given, or paste its text. Everything happens in this page: nothing leaves your computer.",
    },
    "file": {
        "es": "Archivo de la constancia (.jwt, .json, .svg o .pdf)",
        "en": "File of the certificate (.jwt, .json, .svg or .pdf)",
    },
    "paste": {
        "es": "O pegue el texto de un archivo .jwt",
        "en": "Or paste the text of a .jwt file",
    },
    "check": {"es": "Verificar el texto", "en": "Verify the text"},
    "other-language": {"es": "English", "en": "Español"},
    "result": {"es": "Resultado", "en": "Result"},
    "waiting": {
        "es": "Todavía no eligió ningún archivo.",
        "en": "You have not chosen a file yet.",
    },
    "working": {"es": "Verificando…", "en": "Verifying…"},
    "valid": {"es": "Vigente", "en": "Valid"},
    "valid-why": {
        "es": "La expidió esta institución, nadie la cambió y no estaba revocada en la fecha de la lista.",
        "en": "This issuer issued it, nobody changed it, and it was not revoked on the day of the list.",
    },
    "genuine": {"es": "Auténtica", "en": "Genuine"},
    "genuine-why": {
        "es": "Es, byte por byte, un archivo que se entregó, y no estaba revocada en la fecha de la lista. Hasta cuándo está vigente lo dice el archivo mismo.",
        "en": "It is, byte for byte, a file that was handed out, and it was not revoked on the day of the list. The file itself says until when it is valid.",
    },
    "demo": SENTENCES["demo"],
    "demo-why": {
        "es": "La expidió una demostración con personas y lugares ficticios. No prueba nada.",
        "en": "A demonstration with fictional people and places issued it. It proves nothing.",
    },
    "revoked": {"es": "Revocada", "en": "Revoked"},
    "revoked-why": {
        "es": "Fue revocada o sustituida por otra. No la acepte.",
        "en": "It was revoked, or replaced by another. Do not accept it.",
    },
    "expired": {"es": "Vencida", "en": "Expired"},
    "expired-why": {
        "es": "Es auténtica, pero su vigencia terminó.",
        "en": "It is genuine, but its validity is over.",
    },
    "early": {"es": "Todavía no vigente", "en": "Not valid yet"},
    "early-why": {
        "es": "Su vigencia empieza más tarde. Revise la fecha de su computadora.",
        "en": "Its validity begins later. Check the date of your computer.",
    },
    "altered": {"es": "Alterada", "en": "Altered"},
    "altered-why": {
        "es": "Nombra una clave de firma de esta institución, pero la firma no corresponde. No la acepte.",
        "en": "It names a key of this issuer, but the signature does not match. Do not accept it.",
    },
    "foreign": {"es": "No expedida aquí", "en": "Not issued here"},
    "foreign-why": {
        "es": "No la firmó ninguna clave de firma de esta institución. No la acepte como suya.",
        "en": "No key of this issuer signed it. Do not accept it as theirs.",
    },
    "lost": {"es": "Firma que ya no cuenta", "en": "Signature that no longer counts"},
    "lost-why": {
        "es": "La firmó una clave de firma que se perdió: otra persona pudo usarla. Pida el archivo de nuevo; las constancias verdaderas se firmaron otra vez.",
        "en": "It was signed with a key that was lost: somebody else may have used it. Ask for the file again; true certificates were signed anew.",
    },
    "unlisted": {
        "es": "No es un archivo entregado",
        "en": "Not a file that was handed out",
    },
    "unlisted-why": {
        "es": "Este archivo no está entre los que se entregaron: fue modificado, guardado de otra manera, o es posterior a este paquete. Pida el archivo .jwt, que puede verificarse por su firma.",
        "en": "This file is not among those handed out: it was changed, saved in another way, or is newer than this bundle. Ask for the .jwt file, which can be verified by its signature.",
    },
    "unknown": {"es": "No se sabe", "en": "Not known"},
    "unknown-why": {
        "es": "El archivo es auténtico, pero este paquete no puede decir si fue revocado: le falta la lista de estado, o es anterior a la constancia. No lo tome por vigente.",
        "en": "The file is genuine, but this bundle cannot say whether it was revoked: the status list is missing, or older than the certificate. Do not take it as valid.",
    },
    "unreadable": {"es": "No se puede leer", "en": "Cannot be read"},
    "unreadable-why": {
        "es": "No es un archivo .jwt, .json, .svg o .pdf de una constancia, o es demasiado grande.",
        "en": "It is no .jwt, .json, .svg or .pdf file of a certificate, or it is too large.",
    },
    "unable": {
        "es": "Este navegador no puede verificar firmas",
        "en": "This browser cannot verify signatures",
    },
    "unable-why": {
        "es": "Abra la página con una versión actual de Firefox, Chrome, Edge o Safari.",
        "en": "Open the page with a current version of Firefox, Chrome, Edge or Safari.",
    },
    "no-script": {
        "es": "Esta página necesita JavaScript para calcular. Sin él, el archivo LEEME.txt dice cómo verificar con otras herramientas.",
        "en": "This page needs JavaScript to compute. Without it, README.txt says how to verify with other tools.",
    },
    "holder": {"es": "Persona", "en": "Holder"},
    "course": {"es": "Curso", "en": "Course"},
    "by": {"es": "Expedida por", "en": "Issued by"},
    "number": {"es": "Folio", "en": "Number"},
    "from": {"es": "Vigente desde", "en": "Valid from"},
    "until": {"es": "Vigente hasta", "en": "Valid until"},
    "no-end": {"es": "sin fecha de vencimiento", "en": "no end date"},
    "hash": {"es": "SHA-256 del archivo", "en": "SHA-256 of the file"},
    "key": {"es": "Clave de firma", "en": "Signing key"},
    "list-of": {
        "es": "Lista de estado firmada el",
        "en": "Status list signed on",
    },
    "limits": {
        "es": "Lo que esta página no puede decir",
        "en": "What this page cannot say",
    },
    "limit-later": {
        "es": "Qué pasó después de la fecha de la lista de estado. Mientras exista el servicio, pregunte en la dirección que lleva la constancia.",
        "en": "What happened after the day of the status list. While the service exists, ask at the address on the certificate.",
    },
    "limit-hold": {
        "es": "Si la constancia está suspendida por un tiempo: eso solo lo dice la página pública.",
        "en": "Whether the certificate is suspended for a time: only the public page says so.",
    },
    "limit-bundle": {
        "es": "Si alguien cambió este paquete. Compare la SHA-256 del archivo .zip con la que le dio la institución por otra vía.",
        "en": "Whether somebody changed this bundle. Compare the SHA-256 of the .zip file with the one that the issuer gave you in another way.",
    },
    "limit-person": {
        "es": "Si quien la presenta es la persona que nombra. Pida una identificación.",
        "en": "Whether who shows it is the person it names. Ask for an identity document.",
    },
    "limit-files": {
        "es": "De un .json o un .pdf no se calcula la firma: se compara con los archivos entregados. Las fechas de un .pdf están impresas en él.",
        "en": "The signature of a .json or .pdf is not computed: the file is compared with those handed out. The dates of a .pdf are printed on it.",
    },
}

BUNDLE_NOTES: dict[str, dict[str, str]] = {
    "readme": {
        "es": """\
Paquete para verificar constancias sin el servicio
Expide: {did}

1. Abra index.html en un navegador. No necesita conexión ni instalar nada.
2. Elija el archivo de la constancia: .jwt (lo mejor), .json, .svg o .pdf.
3. Lea el resultado y lo que la página no puede decir.

Antes de confiar en este paquete, compare la SHA-256 del archivo .zip con la que la
institución publicó o le dio por otra vía. Quien pueda cambiar el paquete puede cambiar
también sus claves públicas.

Qué contiene
- did.json y jwks.json: las claves públicas con las que se verifica.
- keys.json: todas las claves públicas que hubo, con sus fechas. Lo firmado con una que
  tiene fecha en "compromised" no cuenta.
- status/: las listas de estado firmadas (Bitstring Status List 1.0), en dos formas. Un bit
  en 1 significa que la constancia fue revocada o sustituida.
- issued-files.txt: por línea, la forma, la SHA-256 de un archivo entregado, su lista de
  estado y su lugar en ella. No contiene ningún dato personal.
- SHA256SUMS: se comprueba con `sha256sum -c SHA256SUMS`.

Con otras herramientas
- .jwt: es una JWS compacta RS256. Cualquier biblioteca JOSE la verifica con jwks.json.
- .json: lleva una firma eddsa-rdfc-2022 (Data Integrity). La clave pública está en did.json.
- Las listas de estado vencen a los 30 días de su firma; después, dicen lo que se sabía
  hasta ese día.
""",
        "en": """\
Bundle to verify certificates without the service
Issuer: {did}

1. Open index.html in a browser. You need no connection and install nothing.
2. Choose the file of the certificate: .jwt (best), .json, .svg or .pdf.
3. Read the result, and what the page cannot say.

Before you trust this bundle, compare the SHA-256 of the .zip file with the one that the
issuer published or gave you in another way. Whoever can change the bundle can change its
public keys as well.

What is in it
- did.json and jwks.json: the public keys to verify with.
- keys.json: every public key that there was, with its dates. What was signed with one that
  has a date in "compromised" does not count.
- status/: the signed status lists (Bitstring Status List 1.0), in two forms. A bit of 1
  means that the certificate was revoked or replaced.
- issued-files.txt: on each line the form, the SHA-256 of a file that was handed out, its
  status list and its place in it. There are no personal data in it.
- SHA256SUMS: checked with `sha256sum -c SHA256SUMS`.

With other tools
- .jwt: a compact JWS, RS256. Any JOSE library verifies it with jwks.json.
- .json: carries an eddsa-rdfc-2022 proof (Data Integrity). The key is in did.json.
- The status lists lapse 30 days after they were signed; afterwards they say what was known
  until that day.
""",
    },
}

BUNDLE_COMMANDS: dict[str, dict[str, str]] = {
    "bundled": {
        "es": "{path}: archivos entregados, {files}; listas de estado, {lists}.\nSHA-256 {sha256}\nPublíquela aparte: con ella se comprueba que nadie cambió el paquete.",
        "en": "{path}: files handed out, {files}; status lists, {lists}.\nSHA-256 {sha256}\nPublish it elsewhere: with it anyone checks that nobody changed the bundle.",
    },
}

BUNDLE_ERRORS: dict[str, dict[str, str]] = {
    "status-list-missing": {
        "es": "La lista de estado {number} falta o no cuenta. Fírmela primero; si faltan claves de firma: flask keys list",
        "en": "Status list {number} is missing or does not count. Have it signed first; where signing keys are missing: flask keys list",
    },
    "bundle-exists": {
        "es": "{path} ya existe. Elija otro nombre, o use --force para reemplazarlo.",
        "en": "{path} exists already. Choose another name, or replace it with --force.",
    },
    "bundle-unwritable": {
        "es": "No se puede escribir {path}. Elija una carpeta que exista y en la que pueda escribir.",
        "en": "{path} cannot be written. Choose a folder that exists and that you may write to.",
    },
}


def bundle_sentence(key: str, lang: str, **facts: object) -> str:
    """Return what the command says, in `es` or `en`."""
    return BUNDLE_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
