"""What is said about the issuer's keys: errors, and the lines of their commands."""

KEY_ERRORS: dict[str, dict[str, str]] = {
    "keys-missing": {
        "es": "No hay claves de firma. Créelas con: flask keys init",
        "en": "There are no signing keys. Make them with: flask keys init",
    },
    "key-folder-unwritable": {
        "es": "ISSUER_KEYS: no se puede escribir en la carpeta de las claves de firma. Use una carpeta que pertenezca a quien ejecuta el programa.",
        "en": "ISSUER_KEYS: the folder of keys cannot be written. Use a folder that belongs to whoever runs the program.",
    },
    "key-folder-open": {
        "es": "ISSUER_KEYS: otras personas pueden escribir en la carpeta de las claves de firma. Ciérrela con: chmod 700 CARPETA",
        "en": "ISSUER_KEYS: others can write to the folder of keys. Close it with: chmod 700 FOLDER",
    },
    "key-file-missing": {
        "es": "ISSUER_KEYS: falta el archivo {name} o no se puede leer. Recupérelo del respaldo; si se perdió, cree otro par con: flask keys rotate --now",
        "en": "ISSUER_KEYS: the file {name} is missing or cannot be read. Bring it back from the backup; if it is lost, make another pair with: flask keys rotate --now",
    },
    "key-file-open": {
        "es": "ISSUER_KEYS: otras personas pueden leer el archivo {name}. Ciérrelo en su carpeta con: chmod 600 ./{name} (si alguien pudo copiarlo: flask keys compromise)",
        "en": "ISSUER_KEYS: others can read the file {name}. Close it in its folder with: chmod 600 ./{name} (if somebody may have copied it: flask keys compromise)",
    },
    "key-file-damaged": {
        "es": "ISSUER_KEYS: el archivo {name} está dañado. Recupérelo del respaldo; si no hay, cree otro par con: flask keys rotate --now",
        "en": "ISSUER_KEYS: the file {name} is damaged. Bring it back from the backup; if there is none, make another pair with: flask keys rotate --now",
    },
    "key-file-foreign": {
        "es": "ISSUER_KEYS: el archivo {name} contiene una clave de firma distinta de la publicada. Recupere del respaldo el archivo correcto.",
        "en": "ISSUER_KEYS: the file {name} holds another key than the published one. Bring the right file back from the backup.",
    },
    "key-unknown": {
        "es": "No hay ninguna clave de firma «{fragment}». Véalas con: flask keys list",
        "en": "There is no signing key “{fragment}”. See them with: flask keys list",
    },
}

KEY_COMMANDS: dict[str, dict[str, str]] = {
    "made": {
        "es": "Claves de firma: creadas. Respalde la carpeta {folder}, siempre cifrada.",
        "en": "Signing keys: made. Back up the folder {folder}, always encrypted.",
    },
    "there": {
        "es": "Claves de firma: ya existen, no se creó nada",
        "en": "Signing keys: there already, nothing was made",
    },
    "none": {
        "es": "Todavía no hay claves de firma.",
        "en": "There are no signing keys yet.",
    },
    "waiting": {"es": "publicada, firmará", "en": "published, will sign"},
    "signing": {"es": "firma", "en": "signs"},
    "retired": {
        "es": "retirada, sus firmas cuentan",
        "en": "retired, signatures count",
    },
    "compromised": {
        "es": "comprometida, sus firmas no cuentan",
        "en": "compromised, signatures do not count",
    },
    "stray": {
        "es": "Archivo que no pertenece a ninguna clave de firma publicada: {name}",
        "en": "File that belongs to no published key: {name}",
    },
    "rotated": {
        "es": "El par nuevo está publicado y firma desde el {moment}; hasta entonces firma el actual, y lo firmado por este se sigue verificando.",
        "en": "The new pair is published and signs from {moment}; until then the present one does, and what that one signed goes on being verified.",
    },
    "rotating": {
        "es": "Ya hay un par nuevo publicado, que firma desde el {moment}; no se creó otro.",
        "en": "A new pair is published already and signs from {moment}; no other was made.",
    },
    "rotated-now": {
        "es": "El par nuevo firma desde ahora. Durante una hora puede haber quien tenga una copia anterior de did.json y todavía no lo conozca.",
        "en": "The new pair signs from now on. For an hour somebody may hold an older copy of did.json that does not name it yet.",
    },
    "loss-follows": {
        "es": "La clave de firma {fragment} deja de contar en este momento, y no se puede deshacer. Constancias que se firman de nuevo: {count}; conservan su folio y su dirección, pero los archivos ya descargados no se podrán verificar en otros sitios y habrá que descargarlos otra vez. Quien pudo leer este archivo pudo leer los demás de la carpeta: marque también esas claves de firma.",
        "en": "The signing key {fragment} stops counting this moment, and that cannot be undone. Certificates that are signed again: {count}; they keep their number and address, but files that were downloaded no longer verify elsewhere and have to be downloaded anew. Who could read this file could read the others in the folder: mark those keys too.",
    },
    "loss-ask": {
        "es": "¿Marcarla como comprometida? [s/N]",
        "en": "Mark it as compromised? [y/N]",
    },
    "loss-left": {"es": "No cambió nada.", "en": "Nothing was changed."},
    "lost": {
        "es": "Marcada como comprometida; did.json ya no la contiene. Por firmar de nuevo: {count}. Se hace en un minuto, o ahora con: flask certificates sign. Personas a quienes se avisa por correo: {people}",
        "en": "Marked as compromised; did.json no longer names it. To be signed again: {count}. That is done within a minute, or now with: flask certificates sign. People who are told by mail: {people}",
    },
    "lost-before": {
        "es": "Ya estaba marcada como comprometida; no cambió nada.",
        "en": "It was marked as compromised already; nothing was changed.",
    },
    "replaced": {
        "es": "La sustituye {fragment}, que firma desde el {moment}.",
        "en": "It is replaced by {fragment}, which signs from {moment}.",
    },
}


def key_sentence(key: str, lang: str, **facts: object) -> str:
    """Say a line of the commands for keys in `es` or `en`."""
    return KEY_COMMANDS[key]["es" if lang == "es" else "en"].format(**facts)
