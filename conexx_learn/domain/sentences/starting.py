"""What a start and the demonstration say in the shell."""

STARTING: dict[str, dict[str, str]] = {
    "database": {
        "es": "Base de datos: al día",
        "en": "Database: up to date",
    },
    "courses-published": {
        "es": "Cursos publicados: {names}",
        "en": "Courses published: {names}",
    },
    "courses-unchanged": {
        "es": "Cursos: sin cambios",
        "en": "Courses: unchanged",
    },
    "demo-loaded": {
        "es": "Demostración: {people} personas ficticias cargadas",
        "en": "Demonstration: {people} fictional people loaded",
    },
    "demo-there": {
        "es": "Demostración: ya hay cuentas, no se cargó nada",
        "en": "Demonstration: there are accounts already, nothing was loaded",
    },
    "demo-off": {
        "es": "DEMO: la demostración se carga solo con DEMO=1",
        "en": "DEMO: the demonstration is loaded only with DEMO=1",
    },
    "issuer-missing": {
        "es": "ISSUER_FILE: falta el archivo de quien expide; las constancias esperan "
        "hasta que exista (ver README)",
        "en": "ISSUER_FILE: the issuer file is missing; certificates wait until it "
        "is there (see README)",
    },
    "password": {
        "es": "Una contraseña para todas las cuentas de demostración: {password}",
        "en": "One password for all demo accounts: {password}",
    },
    "learner": {
        "es": "  participantes: {names}",
        "en": "  learners: {names}",
    },
    "manager": {
        "es": "  responsables de capacitación: {names}",
        "en": "  training managers: {names}",
    },
    "trainer": {
        "es": "  personas capacitadoras: {names}",
        "en": "  trainers: {names}",
    },
    "coordinator": {
        "es": "  coordinación: {names}",
        "en": "  coordinators: {names}",
    },
    "observer": {
        "es": "  persona observadora: {names}",
        "en": "  observer: {names}",
    },
}


def starting_sentence(key: str, lang: str, **facts: object) -> str:
    """Say one line; `lang` is `es` or `en`."""
    return STARTING[key][lang].format(**facts)
