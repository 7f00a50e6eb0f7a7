"""What two teams of Harribide wrote for their dossiers, and what assessors said of it.

Places, people and figures are fictional; each sum can be made again.
"""

from collections.abc import Mapping

from conexx_learn.domain.graded_work.marks import Mark, Marks
from conexx_learn.services.demo_office import C2, C3, C4, C10

Sheets = tuple[tuple[str, str, str], ...]
"""Course, module, and what was written in its task."""

HEATING: Sheets = (
    (
        C2,
        "finding-and-reading-a-call",
        """Convocatoria: programa de cooperación (ficticio), lote 2, eficiencia \
energética municipal.

Podemos solicitar: municipio de más de 20,000 habitantes, con un socio.

No cubre: compra de terrenos ni deuda anterior.

Duda enviada al programa: si el contrato de astilla puede firmarse antes.""",
    ),
    (
        C3,
        "strategic-fit-and-idea",
        """Problema: la escuela de música y el polideportivo queman gas con dos \
calderas de 1998; en enero, tres aulas no pasan de 16 °C.

Población: 640 estudiantes y 1,900 personas usuarias.

Cambio: los dos edificios tienen 19 °C con calor de astilla de la comarca.

Encaje: plan municipal de energía, medida 4, página 22.""",
    ),
    (
        C3,
        "logframe-and-indicators",
        """Efecto directo: los dos edificios se calientan sin gas.
- Indicador: gas consumido en un año. Línea de base: 412 MWh (2025, facturas). Meta: \
40 MWh (2029).
- Indicador: aulas con 19 °C en enero. Línea de base: 9 de 12 (2026, termómetros). \
Meta: 12 de 12 (2029).

Producto: una caldera de astilla y 180 m de red, en servicio. Fuente: acta de \
recepción; dirección de obras.""",
    ),
    (
        C4,
        "risks-and-budget-logic",
        """Riesgos con respuesta:
- Un solo proveedor de astilla: 15 puntos. Contrato con dos y silo para tres \
semanas; intervención.
- La obra coincide con el curso: 12 puntos. Se hace de junio a septiembre.""",
    ),
    (
        C4,
        "financial-analysis",
        """Inversión: 260,000 EUR. Hoy se pagan 38,000 EUR de gas al año; con astilla \
y mantenimiento, 12,000 EUR.

Ahorro: 26,000 EUR al año. Recuperación simple: 260,000 / 26,000 = 10 años.

Prueba: si la astilla sube a la mitad más, el ahorro baja a 20,000 EUR y la \
recuperación sube a 13 años.""",
    ),
    (
        C10,
        "what-bankable-means",
        """Lo que sostiene la acción: ahorro medible, edificios propios, acuerdo de la \
comarca sobre la astilla.

Lo que falta: permiso de chimenea y segundo contrato de suministro. Sin ellos no se \
licita.""",
    ),
    (
        C10,
        "preparation-cycle",
        """Etapa: factibilidad terminada; proyecto de obra en redacción.

Puerta siguiente: 30 de abril, con permiso, dos contratos y acuerdo del pleno. \
Decide la dirección de cooperación; con un «no», se espera al verano siguiente.""",
    ),
    (
        C10,
        "facilities-and-pitching",
        """En una página: dos edificios, 2,540 personas, 372 MWh de gas menos al año, \
260,000 EUR.

Pedimos 156,000 EUR (60 %); el municipio pone 104,000 EUR, en el presupuesto \
aprobado. La red queda abierta a la residencia vecina.""",
    ),
)
"""Beñat's: read by two assessors, and passed."""

RAINWATER: Sheets = (
    (
        C3,
        "strategic-fit-and-idea",
        """Problema: los parques y la limpieza de calles gastan 9,000 m³ de agua \
potable al año (contadores, 2025), también en sequía.

Población: la villa entera, 24,000 habitantes.

Cambio: la mitad o más de esa agua es de lluvia.

Encaje: plan de adaptación, medida 7.""",
    ),
    (
        C3,
        "logframe-and-indicators",
        """Efecto directo: el servicio de parques riega con agua de lluvia.
- Indicador: agua potable para riego y limpieza. Línea de base: 9,000 m³ (2025). \
Meta: 3,600 m³ (2029). Fuente: contadores; servicio de aguas.

Producto: dos depósitos de 200 m³, con bomba y contador.""",
    ),
    (
        C4,
        "risks-and-budget-logic",
        """Riesgos con respuesta:
- Tuberías que nadie tiene en plano: 16 puntos. Catas antes de licitar; obras.
- Años con poca lluvia: 9 puntos. La meta se calculó con el año más seco de diez.""",
    ),
    (
        C4,
        "financial-analysis",
        """Inversión: 180,000 EUR. Agua que se ahorra: 5,400 m³ al año, de 9,000.

Costo por m³ ahorrado cada año: 180,000 / 5,400 = 33.33 EUR. El ahorro en la tarifa \
no paga la obra: se pide por el efecto en la sequía.""",
    ),
    (
        C10,
        "what-bankable-means",
        """Sostiene la acción: el agua que queda para las casas en sequía. No la \
sostiene el dinero: lo decimos así.

Falta: el acuerdo con la cuenca sobre el agua que ya no llega al río.""",
    ),
    (
        C10,
        "facilities-and-pitching",
        """En una página: 400 m³ de depósito, 5,400 m³ de agua potable que no se \
gasta, 180,000 EUR.

Buscamos una subvención de adaptación; un préstamo no se devolvería con el ahorro.""",
    ),
)
"""Jon and Leire's: one assessor has read it, the second has not begun."""

CRITERIA = (
    *("experience", "expertise", "staff", "finance"),
    *("call-fit", "needs", "groups", "added-value"),
    *("logic", "risks", "indicators"),
    *("action-plan", "monitoring", "partners"),
    *("impact", "multiplier", "continuity"),
    *("budget-coverage", "cost-result"),
)
"""Of the rubric, in its order."""


def _marks(levels: str, comments: Mapping[str, str]) -> Marks:
    """Write down the level of each criterion, and what was said of some."""
    return {
        name: Mark(int(level), comments.get(name, ""))
        for name, level in zip(CRITERIA, levels, strict=True)
    }


OF_HEATING = (
    _marks(
        "4433444444343343433",
        {
            "finance": "Tres años con fuente; falta decir qué pasa con la deuda.",
            "indicators": "Base, meta y fuente en todos: se puede comprobar.",
            "multiplier": "La residencia vecina está nombrada, sin compromiso escrito.",
            "cost-result": "La cuenta se puede rehacer; compare con otra opción.",
        },
    ),
    _marks(
        "4333443343333343333",
        {
            "expertise": "Nombre el puesto que sabrá operar la caldera.",
            "added-value": "El efecto en el clima se ve; el de género, todavía no.",
            "continuity": "Diga de qué partida saldrá el mantenimiento cada año.",
        },
    ),
)
"""Seventy-one points, and sixty-five."""

OF_RAINWATER = _marks(
    "3433443233333432343",
    {
        "added-value": "Se nombra la sequía, sin actividad ni línea para los barrios.",
        "multiplier": "Dice con quién se compartirá, sin producto y sin fecha.",
        "needs": "Dato con contador y año, y la causa. Bien.",
    },
)
