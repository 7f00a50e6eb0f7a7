"""Which certificates count for nothing today."""

from sqlalchemy import Select, case, func, or_, select

from conexx_learn.domain.certificates import EventKind
from conexx_learn.models.certification import CertificateEvent

FINAL = (EventKind.REVOKED.value, EventKind.SUPERSEDED.value)


def withdrawn_certificates() -> Select[int]:
    """Select the keys of certificates that were taken back, replaced, or are suspended.

    They renew nothing and open no other course; a suspended one does again once it is
    reinstated.
    """
    event = CertificateEvent
    is_final = case((event.kind.in_(FINAL), 1), else_=0)
    suspended = case((event.kind == EventKind.SUSPENDED.value, event.id), else_=0)
    reinstated = case((event.kind == EventKind.REINSTATED.value, event.id), else_=0)
    return (
        select(event.certificate_id)
        .group_by(event.certificate_id)
        .having(
            or_(func.max(is_final) == 1, func.max(suspended) > func.max(reinstated))
        )
    )
