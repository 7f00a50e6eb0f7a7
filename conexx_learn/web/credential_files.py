"""The files of a certificate, as pages offer them."""

from conexx_learn.domain.certificates import Claims
from conexx_learn.domain.identifiers import grouped
from conexx_learn.web.addresses import url_for
from conexx_learn.web.language import gettext as _


def credential_files(claims: Claims) -> list[tuple[str, str]]:
    """List the files of a certificate: what each is, and its address."""
    return [
        (
            _("The paper, as PDF"),
            url_for("certificates.paper", number=grouped(claims.number)),
        ),
        (
            _("Digital credential, as JSON"),
            url_for("credentials.document", uuid=claims.uuid),
        ),
        (
            _("Digital credential, as JWT"),
            url_for("credentials.compact", uuid=claims.uuid),
        ),
        (_("Badge, as SVG"), url_for("credentials.picture", uuid=claims.uuid)),
    ]
