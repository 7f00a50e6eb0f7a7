"""The fictional places and people of the demonstration. Nobody here exists."""

from dataclasses import dataclass

from conexx_learn.domain.permissions import Role


@dataclass(frozen=True, slots=True)
class DemoInstitution:
    """A fictional public body.

    Attributes:
        slug: In its address.
        name: As it is printed.
        kind: Such as `municipality`.
        country: ISO 3166-1 alpha-2.
        timezone: Of its clocks.
        population: How many live there, or None.
        association: Slug of who sees its figures, or None.
        mandate_days: From the day of loading to the last of the mandate, or None.
    """

    slug: str
    name: str
    kind: str
    country: str
    timezone: str
    population: int | None = None
    association: str | None = None
    mandate_days: int | None = None


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A fictional person.

    Attributes:
        identity: E-mail address, or a username where there is no mailbox.
        full_name: As certificates print it.
        role: What they may do.
        institution: Slug of where they serve; None for the whole platform.
        is_invited: Whether they can sign in.
    """

    identity: str
    full_name: str
    role: Role
    institution: str | None
    is_invited: bool = True


ASSOCIATION = "asociacion"

INSTITUTIONS = (
    DemoInstitution(
        ASSOCIATION,
        "Asociación de Municipios Hermanados",
        "association",
        "MX",
        "America/Mexico_City",
    ),
    DemoInstitution(
        "xaltepec",
        "Ayuntamiento de Xaltepec de la Sierra",
        "municipality",
        "MX",
        "America/Mexico_City",
        population=20_000,
        association=ASSOCIATION,
        mandate_days=320,
    ),
    DemoInstitution(
        "izalpa",
        "Alcaldía de Izalpa del Mar",
        "municipality",
        "SV",
        "America/El_Salvador",
        population=48_000,
        association=ASSOCIATION,
    ),
    DemoInstitution(
        "harribide",
        "Udala Harribide",
        "municipality",
        "ES",
        "Europe/Madrid",
        population=24_000,
    ),
    DemoInstitution(
        "chorti-sur",
        "Mancomunidad Chortí Sur",
        "mancomunidad",
        "GT",
        "America/Guatemala",
        population=31_000,
    ),
    DemoInstitution(
        "san-jacinto",
        "Alcaldía de San Jacinto",
        "municipality",
        "GT",
        "America/Guatemala",
    ),
)
"""An association comes before those whose figures it sees."""

ANA = "ana@xaltepec.example"
CARLA = "carla@xaltepec.example"
MANAGER = "manager@xaltepec.example"
MAYOR = "alcaldia@xaltepec.example"
TRAINER = "trainer@conexx.example"
ASSESSOR = "assessor@conexx.example"
ASSOCIATION_TRAINER = "trainer@asociacion.example"
COORDINATOR = "coordinator@conexx.example"
SECOND_COORDINATOR = "coordinator2@conexx.example"
OBSERVER = "observer@asociacion.example"
SAUL = "saul@izalpa.example"
FIDEL = "fidel.tun"
JACINTA = "jacinta.coyotl"

MANAGERS = {
    "xaltepec": MANAGER,
    "izalpa": "manager@izalpa.example",
    "harribide": "manager@harribide.example",
    "chorti-sur": "manager@chorti-sur.example",
    "san-jacinto": "manager@san-jacinto.example",
}
"""Slug to who writes and approves the plan there."""

ACCOUNTS = (
    DemoAccount(ANA, "Ana Robles Tzul", Role.LEARNER, "xaltepec"),
    DemoAccount(CARLA, "Carla Ontiveros Paz", Role.LEARNER, "xaltepec"),
    DemoAccount(MANAGER, "Beatriz Luna Cordero", Role.MANAGER, "xaltepec"),
    DemoAccount(MAYOR, "Rosalía Ceballos Tlapa", Role.MANAGER, "xaltepec"),
    DemoAccount(FIDEL, "Fidel Tun Caal", Role.LEARNER, "xaltepec"),
    DemoAccount(MANAGERS["izalpa"], "Rodrigo Melara Funes", Role.MANAGER, "izalpa"),
    DemoAccount(MANAGERS["harribide"], "Maite Olano Ruiz", Role.MANAGER, "harribide"),
    DemoAccount(
        MANAGERS["chorti-sur"], "Edgar Lemus Roldán", Role.MANAGER, "chorti-sur"
    ),
    DemoAccount(
        MANAGERS["san-jacinto"], "Lidia Morales Cux", Role.MANAGER, "san-jacinto"
    ),
    DemoAccount(SAUL, "Saúl Aguirre Morán", Role.LEARNER, "izalpa"),
    DemoAccount(TRAINER, "Iker Zabala Otero", Role.TRAINER, None),
    DemoAccount(ASSESSOR, "Lucía Fontes Prado", Role.TRAINER, None),
    DemoAccount(COORDINATOR, "Elvira Santos Quispe", Role.COORDINATOR, None),
    DemoAccount(SECOND_COORDINATOR, "Tomás Ferrer Nadal", Role.COORDINATOR, None),
    DemoAccount(OBSERVER, "Gonzalo Peña Arriaga", Role.OBSERVER, ASSOCIATION),
)
"""Who is named to whoever starts the demonstration."""


def _staff(slug: str, names: dict[str, str], *, absent: str = "") -> list[DemoAccount]:
    """Write down learners of an institution; `absent` was never invited."""
    return [
        DemoAccount(
            f"{key}@{slug}.example", name, Role.LEARNER, slug, is_invited=key != absent
        )
        for key, name in names.items()
    ]


STAFF = (
    DemoAccount(ASSOCIATION_TRAINER, "Noemí Arévalo Pineda", Role.TRAINER, ASSOCIATION),
    *_staff(
        "xaltepec",
        {
            "beto": "Beto Salgado Nava",
            "diego": "Diego Armenta Cruz",
            "elena": "Elena Quiroz Paz",
            "graciela": "Graciela Montes Villaseñor",
            "hugo": "Hugo Barrientos Leal",
            "ines": "Inés Cordero Lima",
        },
    ),
    DemoAccount(JACINTA, "Jacinta Coyotl Pérez", Role.LEARNER, "xaltepec"),
    *_staff(
        "izalpa",
        {
            "karla": "Karla Menjívar Cruz",
            "luis": "Luis Alfaro Rivas",
            "marta": "Marta Guevara Soto",
            "nestor": "Néstor Pineda Lemus",
            "olga": "Olga Cañas Mejía",
            "pablo": "Pablo Orellana Cruz",
            "rosa": "Rosa Umaña Flores",
            "tania": "Tania Zelaya Portillo",
        },
        absent="tania",
    ),
    *_staff(
        "harribide",
        {
            "ainhoa": "Ainhoa Etxaniz Mendia",
            "benat": "Beñat Goikoa Larre",
            "jon": "Jon Arrieta Ugalde",
            "leire": "Leire Zabaleta Ortiz",
            "miren": "Miren Ibarra Sola",
            "unai": "Unai Lasa Peña",
        },
    ),
    *_staff("chorti-sur", {"vilma": "Vilma Interiano Díaz"}),
    *_staff("san-jacinto", {"wendy": "Wendy Cabrera Xol", "oscar": "Óscar Pop Choc"}),
)
"""Everybody else: a trainer of the association, the people of the town halls."""

EVERYBODY = (*ACCOUNTS, *STAFF)
