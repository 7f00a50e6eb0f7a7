"""Why an act on a certificate is refused, in Spanish and in English."""

CERTIFICATE_ACTS: dict[str, dict[str, str]] = {
    "certificate-revoked": {
        "es": "Esta constancia está revocada. Una revocación es definitiva: ya nada la cambia.",
        "en": "This certificate is revoked. A revocation is final: nothing changes it any more.",
    },
    "certificate-superseded": {
        "es": "Otra constancia corregida sustituye a esta. Trabaje con la nueva.",
        "en": "A corrected certificate has replaced this one. Work with the new one.",
    },
    "certificate-suspended": {
        "es": "Esta constancia está suspendida. Levante primero la suspensión y corríjala después.",
        "en": "This certificate is suspended. Lift the suspension first, then correct it.",
    },
    "correction-waits": {
        "es": "Alguien propuso revocar esta constancia. Decida primero sobre la propuesta y corríjala después.",
        "en": "Somebody proposed to revoke this certificate. Decide on the proposal first, then correct it.",
    },
    "certificate-own": {
        "es": "Nadie decide sobre su propia constancia. Pídalo a otra persona de la coordinación.",
        "en": "Nobody decides on a certificate of their own. Ask another coordinator.",
    },
    "certificate-note-long": {
        "es": "La observación tiene más de {longest} caracteres. Acórtela.",
        "en": "The note has more than {longest} characters. Shorten it.",
    },
    "revocation-waits": {
        "es": "Otra persona de la coordinación ya propuso revocar esta constancia. Apruebe su propuesta o retírela.",
        "en": "Another coordinator has already proposed to revoke this certificate. Approve the proposal or withdraw it.",
    },
    "proposal-changed": {
        "es": "La propuesta que leyó ya no está pendiente. Vuelva a la constancia y lea cómo está ahora.",
        "en": "The proposal that you read no longer waits. Go back to the certificate and read how it stands now.",
    },
    "second-coordinator": {
        "es": "Quien propone una revocación no puede aprobarla. Tiene que hacerlo otra persona de la coordinación.",
        "en": "Whoever proposes a revocation cannot approve it. Another coordinator has to.",
    },
    "revocation-reason-differs": {
        "es": "La revocación se propuso por otro motivo: {reason}. Apruébela con ese motivo, o retire la propuesta.",
        "en": "The revocation was proposed for another reason: {reason}. Approve it for that one, or withdraw the proposal.",
    },
    "correction-name": {
        "es": "Escriba el nombre como debe decirlo la constancia: de 1 a {longest} caracteres.",
        "en": "Write the name as the certificate should say it: 1 to {longest} characters.",
    },
    "correction-same-name": {
        "es": "La constancia ya dice este nombre. Escriba el nombre corregido.",
        "en": "The certificate already says this name. Write the corrected one.",
    },
    "correction-answered": {
        "es": "Esta solicitud ya no está pendiente: se respondió o la constancia ya se corrigió.",
        "en": "This request no longer waits: it was answered, or the certificate was corrected.",
    },
    "correction-answer": {
        "es": "Escriba por qué no se corrige, para que la persona lo sepa.",
        "en": "Say why it is not corrected, so that the person knows.",
    },
}
