"""Text for documents of ten pages: sentences of town halls, never twice the same."""

from itertools import cycle, islice

TOWNS = (
    "San Isidro del Monte",
    "Villa Esperanza",
    "Puerto Almendro",
    "Santa Lucía de la Sierra",
    "Nueva Concordia",
    "El Tablón",
    "Río Claro",
    "Las Palmas Altas",
)
SENTENCES = (
    (
        "El equipo de {town} revisó el expediente {number} antes de "
        "presentarlo a la convocatoria."
    ),
    (
        "Cada gasto se documenta con factura, comprobante de pago y acta de "
        "recepción número {number}."
    ),
    (
        "La línea de base de {town} se levantó con {number} encuestas en "
        "hogares y dos talleres."
    ),
    (
        "Quien coordina el proyecto firma el informe y lo guarda en la carpeta "
        "{number} del área."
    ),
    (
        "El aporte propio de {town} puede ser en especie si se valora con "
        "precios de mercado."
    ),
    (
        "Antes de comprar conviene pedir tres cotizaciones y dejar constancia "
        "en el folio {number}."
    ),
    (
        "La matriz de marco lógico tiene {number} indicadores, y cada uno "
        "tiene fuente de verificación."
    ),
    (
        "Los riesgos se revisan cada trimestre con las áreas de obras y de "
        "finanzas de {town}."
    ),
    (
        "Si el calendario cambia más de {number} días, se avisa por escrito a "
        "la entidad que financia."
    ),
    (
        "La participación de mujeres y jóvenes se registra en cada reunión que "
        "convoca {town}."
    ),
)


def paragraphs(count: int, *, first: int = 1, sentences: int = 5) -> list[str]:
    """Write paragraphs; equal arguments give equal text."""
    towns = cycle(TOWNS)
    made: list[str] = []
    for place in range(first, first + count):
        chosen = islice(cycle(SENTENCES), place % 7, place % 7 + sentences)
        made.append(
            " ".join(
                sentence.format(town=next(towns), number=place * 10 + number)
                for number, sentence in enumerate(chosen)
            )
        )
    return made
