"""An issuer and a certificate written by hand, beside those that the product makes."""

import hashlib
import json
from datetime import UTC, datetime

from joserfc.jwk import RSAKey

from tests.interop.contents import PINNED
from tests.interop.forging import (
    embedded,
    public_jwk,
    public_multikey,
    token_of,
    with_bits,
)
from tests.interop.issuer_site import LD_JSON, Issued, Json, Served
from tests.issuer_keys import private_pems

PUBLIC_URL = "https://learn.example.org"
DID = "did:web:learn.example.org"
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
AT = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
EMAIL = "rosa@example.org"
PLACE = 94_567


def sample_issued() -> Issued:
    """Return a certificate of an issuer that exists only here."""
    ed25519, rsa = private_pems()
    method, kid = f"{DID}#{public_multikey(ed25519)}", f"{DID}#{_thumbprint(rsa)}"
    lists = f"{PUBLIC_URL}/status/revocation/1"
    return Issued(
        public_url=PUBLIC_URL,
        site=_keys(ed25519, rsa, method, kid)
        | {
            "/status/revocation/1": Served(
                LD_JSON, json.dumps(embedded(_empty_list(lists), ed25519, method))
            ),
            "/status/revocation/1.jwt": Served(
                "application/jwt", token_of(_empty_list(f"{lists}.jwt"), rsa, kid)
            ),
        },
        credential=embedded(_credential(lists), ed25519, method),
        token=token_of(_credential(f"{lists}.jwt"), rsa, kid),
        ed25519=ed25519,
        rsa=rsa,
        at=AT,
        email=EMAIL,
    )


def _thumbprint(rsa: bytes) -> str:
    return RSAKey.import_key(rsa).thumbprint()


def _keys(ed25519: bytes, rsa: bytes, method: str, kid: str) -> dict[str, Served]:
    jwk = {
        **public_jwk(rsa),
        "alg": "RS256",
        "use": "sig",
        "kid": kid,
    }
    did = {
        "@context": ["https://www.w3.org/ns/did/v1"],
        "id": DID,
        "verificationMethod": [
            {"id": kid, "type": "JsonWebKey", "controller": DID, "publicKeyJwk": jwk},
            {
                "id": method,
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": public_multikey(ed25519),
            },
        ],
        "assertionMethod": [kid, method],
    }
    path = f"/.well-known/keys/{kid.split('#')[1]}"
    return {
        "/.well-known/did.json": Served("application/did+json", json.dumps(did)),
        "/.well-known/jwks.json": Served(
            "application/jwk-set+json", json.dumps({"keys": [jwk]})
        ),
        path: Served("application/jwk+json", json.dumps(jwk)),
    }


def _empty_list(address: str) -> Json:
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": DID,
        "validFrom": "2026-11-16T00:00:00Z",
        "validUntil": "2026-12-16T00:00:00Z",
        "credentialSubject": {
            "id": f"{address}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
        },
    }
    return with_bits(document, [])


def _credential(status_list: str) -> Json:
    achievement = f"{PUBLIC_URL}/achievements/eu-financing-instruments/1.2"
    hashed = hashlib.sha256(f"{EMAIL}salt-of-the-sample".encode()).hexdigest()
    return {
        "@context": PINNED,
        "id": f"{PUBLIC_URL}/credentials/{UUID}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": "Instrumentos de financiamiento de la UE",
        "issuer": {"id": DID, "type": ["Profile"], "name": "Conexx-Europe"},
        "validFrom": "2026-11-15T10:00:00Z",
        "validUntil": "2029-11-14T23:59:59Z",
        "credentialSubject": {
            "id": f"urn:uuid:{UUID}",
            "type": ["AchievementSubject"],
            "identifier": [
                _identity("name", "Rosa Elena Cárdenas Ibarra", hashed=False),
                _identity("emailAddress", f"sha256${hashed}", hashed=True),
            ],
            "achievement": {
                "id": achievement,
                "type": ["Achievement"],
                "achievementType": "MicroCredential",
                "name": "Instrumentos de financiamiento de la UE",
                "description": "Qué instrumento conviene a un municipio.",
                "criteria": {"narrative": "Evaluación final; mínimo 70 %."},
                "alignment": [
                    _alignment(kind, f"{achievement}#{kind}")
                    for kind in (
                        "LearningOutcome",
                        "AssessmentType",
                        "FormOfParticipation",
                        "QualityAssurance",
                    )
                ],
                "resultDescription": [
                    {
                        "id": f"{achievement}#score",
                        "type": ["ResultDescription"],
                        "name": "Calificación",
                        "resultType": "Percent",
                    }
                ],
            },
            "result": [
                {
                    "type": ["Result"],
                    "resultDescription": f"{achievement}#score",
                    "value": "84",
                }
            ],
        },
        "credentialStatus": {
            "id": f"{status_list}#{PLACE}",
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": str(PLACE),
            "statusListCredential": status_list,
        },
    }


def _identity(kind: str, value: str, *, hashed: bool) -> Json:
    salt = {"salt": "salt-of-the-sample"} if hashed else {}
    return {
        "type": "IdentityObject",
        "hashed": hashed,
        "identityHash": value,
        "identityType": kind,
        **salt,
    }


def _alignment(kind: str, address: str) -> Json:
    return {
        "type": ["Alignment"],
        "targetName": kind,
        "targetUrl": address,
        "targetType": f"ext:{kind}",
    }
