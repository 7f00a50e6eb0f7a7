"""The glossary: what the words of the field mean, in both languages."""

from flask import Blueprint, current_app, render_template, request

from conexx_learn.domain.glossary import GLOSSARY_ADDRESS, by_letter, matching
from conexx_learn.services.glossary import glossary_entries
from conexx_learn.web.access import public
from conexx_learn.web.language import page_language

glossary = Blueprint("glossary", __name__)


@glossary.get(GLOSSARY_ADDRESS)
@public
def index() -> str:
    """Show every term by its letter, or those that hold what was searched for."""
    query = request.args.get("q", "")[:100].strip()
    everything = glossary_entries(current_app.config["COURSES"], lang=page_language())
    found = matching(everything, query) if query else everything
    return render_template(
        "public/glossary.html",
        entries=found,
        groups=[] if query else by_letter(found),
        q=query,
    )
