"""What waits for an answer in the demonstration: somebody asks to be exempt."""

from conexx_learn.services.demo_office import C1
from conexx_learn.services.demo_people import FIDEL
from conexx_learn.services.demo_scene import Town
from conexx_learn.services.exemption_requests import Wish, ask_exemption


def ask_to_be_exempt(here: Town) -> None:
    """Let Fidel say that a required course is none of his."""
    ask_exemption(
        here.cast.session,
        here.place,
        Wish(
            C1, "Desde este mes atiendo el archivo y ya no reviso convocatorias.", None
        ),
        by=here.user(FIDEL),
        now=here.moment(-3),
    )
