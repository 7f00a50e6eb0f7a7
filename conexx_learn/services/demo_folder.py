"""What Ana of the demonstration wrote in tasks of two courses, and shows to Carla."""

from conexx_learn.services.demo_learning import is_live
from conexx_learn.services.demo_people import ANA, CARLA
from conexx_learn.services.demo_scene import LANG, Cast
from conexx_learn.services.folder import save_sheet, share_folder

DESIGN = "problem-to-logframe"
MONEY = "budget-and-cofinancing"

SHEETS: tuple[tuple[str, str, int, str], ...] = (
    (
        DESIGN,
        "strategic-fit-and-idea",
        66,
        """Problema: en las comunidades altas, 310 viviendas reciben agua un día de \
cada cuatro (registro del organismo de agua, 2025).

Población: 1,450 personas en seis comunidades; falta el dato por sexo y edad.

Cambio: las familias tienen agua a diario, y un comité cuida la red.

Encaje:
- Plan municipal, objetivo 2, pág. 31.
- Una meta del ODS 6, con su texto.
- Falta la frase del programa indicativo: la busca planeación.

Decisión: seguir. Finanzas propone la partida de mantenimiento en el próximo \
presupuesto.""",
    ),
    (
        DESIGN,
        "stakeholders-and-trees",
        64,
        """Problema central: las familias de las comunidades altas pasan tres días \
sin agua.

Causas:
- La línea de conducción pierde agua en dos tramos.
- Nadie mide lo que entra y lo que llega.
- Los comités no tienen reglamento ni cuota.

Quien puede perder: los riegos de la parte media. Se les invita a la segunda reunión.

Estrategia: medición y reparación (9 puntos) y comités (8). La presa nueva queda \
fuera: corresponde al Estado.""",
    ),
    (
        DESIGN,
        "theory-of-change",
        62,
        """Si se reparan los dos tramos y se miden entrada y llegada, entonces las \
familias tendrán agua a diario, porque hoy se pierde casi la mitad en el camino \
(aforo de mayo de 2026), siempre que el manantial mantenga su caudal de los últimos \
años.""",
    ),
    (
        DESIGN,
        "logframe-and-indicators",
        60,
        """Efecto directo: las familias reciben agua a diario.
- Indicador: % de viviendas con agua al menos seis días por semana.
- Línea de base: por medir, encuesta en el tercer mes.
- Meta: 80 % (2029).
- Fuente: bitácora de los comités, revisada por el organismo de agua.""",
    ),
    (
        MONEY,
        "risks-and-budget-logic",
        20,
        """Riesgos que exigen respuesta:
- El paso de la línea por un predio sin convenio: 15 puntos. Firma antes de \
contratar; área jurídica.
- Menos lluvia y menos caudal: 12 puntos. Se vigila cada mes.

Gasto principal: la reparación de los dos tramos. Economía: tres cotizaciones con \
fecha.""",
    ),
)
"""Course, module, days ago, and the text."""

DAYS_SHOWN = 18


def write_folders(cast: Cast) -> None:
    """Let Ana write her sheets, where the course is live, and show them."""
    for course, module, days, text in SHEETS:
        if is_live(cast, course):
            save_sheet(
                cast.session,
                course=course,
                module=module,
                user_id=cast.ids[ANA],
                lang=LANG,
                text=text,
                known=0,
                now=cast.days_ago(days),
            )
    share_folder(
        cast.session,
        owner_id=cast.ids[ANA],
        reader_id=cast.ids[CARLA],
        now=cast.days_ago(DAYS_SHOWN),
    )
