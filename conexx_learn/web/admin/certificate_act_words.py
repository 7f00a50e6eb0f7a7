"""What each act on a certificate means, said before somebody confirms it."""

from dataclasses import dataclass

from conexx_learn.queries.certificate_dossier import Dossier
from conexx_learn.web.language import gettext as _


@dataclass(frozen=True, slots=True)
class ActWords:
    """The words of a confirmation page.

    Attributes:
        title: What is about to be done.
        link: The same, as the page of the certificate offers it.
        effects: What happens, and who is told.
        button: Of the form.
        is_danger: Whether it takes something from the holder.
        done: Told afterwards.
    """

    title: str
    link: str
    effects: list[str]
    button: str
    is_danger: bool
    done: str


def act_words(act: str, dossier: Dossier) -> ActWords:
    """Return the words of an act on a certificate."""
    return {
        "correction": _correction,
        "refusal": _refusal,
        "suspension": _suspension,
        "reinstatement": _reinstatement,
        "revocation": _revocation,
        "approval": _approval,
        "withdrawal": _withdrawal,
    }[act](dossier)


def _told(dossier: Dossier, *, reason: bool = False) -> str:
    """Say how the holder learns of it, and whether of the reason too."""
    if dossier.email and reason:
        return _("The holder is told by mail, with the public reason.")
    if dossier.email:
        return _("The holder is told by mail.")
    return _("The holder has no e-mail address: it is told on their own page.")


def _correction(dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Correct the name"),
        link=_("Correct the name…"),
        effects=[
            _(
                "A new certificate is issued, with a number of its own and the right "
                "name. Days, course and everything else stay as they are."
            ),
            _(
                "This one is replaced from that moment on. Its public page leads to "
                "the new one, and neither can be undone."
            ),
            _(
                "The name of the account does not change. It says today: %(name)s",
                name=dossier.account_name,
            ),
            _told(dossier),
        ],
        button=_("Issue the corrected certificate"),
        is_danger=False,
        done=_("The corrected certificate is issued. This is its page."),
    )


def _refusal(dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Leave the name as it is"),
        link=_("Leave the name as it is…"),
        effects=[
            _("The request of the holder is answered, and the certificate stays."),
            _told(dossier),
        ],
        button=_("Send the answer"),
        is_danger=False,
        done=_("The answer is sent."),
    )


def _suspension(dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Suspend the certificate"),
        link=_("Suspend…"),
        effects=[
            _(
                "From now on it proves nothing: its public page says so, it counts in "
                "no plan, opens no course and cannot be renewed."
            ),
            _("Any coordinator can lift the suspension; its days go on meanwhile."),
            _told(dossier, reason=True),
        ],
        button=_("Suspend the certificate"),
        is_danger=True,
        done=_("The certificate is suspended."),
    )


def _reinstatement(dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Lift the suspension"),
        link=_("Lift the suspension…"),
        effects=[
            _("The certificate stands again, with the same days as before."),
            _told(dossier),
        ],
        button=_("Lift the suspension"),
        is_danger=False,
        done=_("The suspension is lifted."),
    )


def _revocation(_dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Propose to revoke the certificate"),
        link=_("Propose to revoke…"),
        effects=[
            _(
                "Nothing happens yet: the certificate stands until a second, different "
                "coordinator approves. You cannot approve it yourself."
            ),
            _("The other coordinators are told by mail. The holder is not, yet."),
            _("If it should not count meanwhile, suspend it as well."),
        ],
        button=_("Propose the revocation"),
        is_danger=True,
        done=_("The proposal waits for a second coordinator."),
    )


def _approval(dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Revoke the certificate"),
        link=_("Approve the revocation…"),
        effects=[
            _("The certificate is revoked at once. This is final: nobody can undo it."),
            _(
                "Its public page says so with the reason, and whoever verifies a copy "
                "is told."
            ),
            _told(dossier, reason=True),
        ],
        button=_("Revoke it for good"),
        is_danger=True,
        done=_("The certificate is revoked."),
    )


def _withdrawal(_dossier: Dossier) -> ActWords:
    return ActWords(
        title=_("Withdraw the proposal to revoke"),
        link=_("Withdraw the proposal…"),
        effects=[
            _("The certificate stands as it did. The proposal stays on record."),
            _("Nobody is told by mail."),
        ],
        button=_("Withdraw the proposal"),
        is_danger=False,
        done=_("The proposal is withdrawn."),
    )
