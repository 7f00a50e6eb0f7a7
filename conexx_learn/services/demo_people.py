"""The fictional places and people of the demonstration. Nobody here exists."""

from dataclasses import dataclass

from conexx_learn.domain.permissions import Role


@dataclass(frozen=True, slots=True)
class DemoInstitution:
    """A fictional public body."""

    slug: str
    name: str
    kind: str
    country: str
    timezone: str


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A fictional person.

    Attributes:
        identity: E-mail address, or a username where there is no mailbox.
        full_name: As certificates print it.
        role: What they may do.
        institution: Slug of where they serve; None for the whole platform.
    """

    identity: str
    full_name: str
    role: Role
    institution: str | None


INSTITUTIONS = (
    DemoInstitution(
        "xaltepec",
        "Ayuntamiento de Xaltepec de la Sierra",
        "municipality",
        "MX",
        "America/Mexico_City",
    ),
    DemoInstitution(
        "izalpa",
        "Alcaldía de Izalpa del Mar",
        "municipality",
        "SV",
        "America/El_Salvador",
    ),
    DemoInstitution(
        "harribide", "Udala Harribide", "municipality", "ES", "Europe/Madrid"
    ),
    DemoInstitution(
        "chorti-sur",
        "Mancomunidad Chortí Sur",
        "mancomunidad",
        "GT",
        "America/Guatemala",
    ),
    DemoInstitution(
        "san-jacinto",
        "Alcaldía de San Jacinto",
        "municipality",
        "GT",
        "America/Guatemala",
    ),
    DemoInstitution(
        "asociacion",
        "Asociación de Municipios Hermanados",
        "association",
        "MX",
        "America/Mexico_City",
    ),
)

ANA = "ana@xaltepec.example"
CARLA = "carla@xaltepec.example"
MANAGER = "manager@xaltepec.example"
TRAINER = "trainer@conexx.example"
COORDINATOR = "coordinator@conexx.example"
SECOND_COORDINATOR = "coordinator2@conexx.example"
SAUL = "saul@izalpa.example"
FIDEL = "fidel.tun"

ACCOUNTS = (
    DemoAccount(ANA, "Ana Robles Tzul", Role.LEARNER, "xaltepec"),
    DemoAccount(CARLA, "Carla Ontiveros Paz", Role.LEARNER, "xaltepec"),
    DemoAccount(MANAGER, "Beatriz Luna Cordero", Role.MANAGER, "xaltepec"),
    DemoAccount(FIDEL, "Fidel Tun Caal", Role.LEARNER, "xaltepec"),
    DemoAccount(
        "manager@izalpa.example", "Rodrigo Melara Funes", Role.MANAGER, "izalpa"
    ),
    DemoAccount(SAUL, "Saúl Aguirre Morán", Role.LEARNER, "izalpa"),
    DemoAccount(TRAINER, "Iker Zabala Otero", Role.TRAINER, None),
    DemoAccount("assessor@conexx.example", "Lucía Fontes Prado", Role.TRAINER, None),
    DemoAccount(COORDINATOR, "Elvira Santos Quispe", Role.COORDINATOR, None),
    DemoAccount(SECOND_COORDINATOR, "Tomás Ferrer Nadal", Role.COORDINATOR, None),
    DemoAccount(
        "observer@asociacion.example",
        "Gonzalo Peña Arriaga",
        Role.OBSERVER,
        "asociacion",
    ),
)
