"""The sentence for each error code, in Spanish and in English: what, and what to do."""

from conexx_learn.domain.sentences.certificate_acts import CERTIFICATE_ACTS
from conexx_learn.domain.sentences.graded_work import GRADED_WORK
from conexx_learn.domain.sentences.issuer_keys import KEY_ERRORS
from conexx_learn.domain.sentences.verification_bundle import BUNDLE_ERRORS
from conexx_learn.domain.sentences.verification_commands import VERIFICATION_ERRORS

ERRORS: dict[str, dict[str, str]] = {
    "not-found": {
        "es": "No encontramos lo que busca. Revise la dirección o vuelva a la página principal.",
        "en": "We cannot find what you are looking for. Check the address or go back to the home page.",
    },
    "forbidden": {
        "es": "Su cuenta no tiene permiso para esto. Si lo necesita, pídalo a la persona responsable de capacitación.",
        "en": "Your account may not do this. If you need it, ask your training manager.",
    },
    "attempt-closed": {
        "es": "Este intento ya terminó y sus respuestas no cambian. Abra el resultado para verlo.",
        "en": "This attempt is over and its responses no longer change. Open the result to see it.",
    },
    "attempts-exhausted": {
        "es": "Ya usó los {allowed} intentos de «{quiz_title}». Hable con la persona capacitadora si necesita otro.",
        "en": "You have used the {allowed} attempts of “{quiz_title}”. Speak with the trainer if you need another.",
    },
    "waiting": {
        "es": "Todavía no puede empezar otro intento. Podrá hacerlo a partir del {until}.",
        "en": "You cannot start another attempt yet. You can from {until}.",
    },
    "prerequisite-unmet": {
        "es": "Antes necesita la constancia del curso «{course_title}».",
        "en": "First you need the certificate of the course “{course_title}”.",
    },
    "not-enrolled": {
        "es": "Para esto necesita inscribirse en el curso.",
        "en": "You need to enrol in the course for this.",
    },
    "name-correction-too-large": {
        "es": "Aquí puede corregir acentos, orden y mayúsculas. Para un cambio mayor, escriba a la persona responsable de capacitación.",
        "en": "Here you can correct accents, order and capitals. For a larger change, write to your training manager.",
    },
    "glyph-missing": {
        "es": "La constancia está expedida y se puede verificar, pero el papel no puede imprimir el carácter «{character}». Ya avisamos a la coordinación.",
        "en": "The certificate is issued and can be verified, but the paper cannot print the character “{character}”. The coordinator has been told.",
    },
    "not-signed-yet": {
        "es": "La constancia está expedida y se puede verificar; este archivo todavía se está firmando. Vuelva a pedirlo en un minuto.",
        "en": "The certificate is issued and can be verified; this file is still being signed. Ask for it again in a minute.",
    },
    "course-withdrawn": {
        "es": "Este curso ya no admite inscripciones.",
        "en": "This course no longer takes enrolments.",
    },
    "change-to-come": {
        "es": "La fuente no puede haber cambiado en una fecha futura.",
        "en": "The source cannot have changed on a day that is still to come.",
    },
    "not-published-since": {
        "es": "Desde que se anotó el cambio no se ha publicado ninguna versión nueva de este curso.",
        "en": "No new version of this course has been published since the change was noted.",
    },
    "offer-withdrawn": {
        "es": "Este curso ya está retirado. Para ofrecerlo de nuevo, elija una versión en su historial.",
        "en": "This course is withdrawn already. To offer it again, choose a version in its history.",
    },
    "offer-live": {
        "es": "Esta versión ya es la que se ofrece; no cambió nada.",
        "en": "This is the version that is offered already; nothing changed.",
    },
    "version-not-kept": {
        "es": "De la versión {version} no se guardaron los archivos, así que no se puede comparar.",
        "en": "The files of version {version} were not kept, so it cannot be compared.",
    },
    "version-not-readable": {
        "es": "La revisión de hoy ya no acepta los archivos de una de estas versiones, así que no se pueden comparar. Puede ver cada una como la leen las personas participantes.",
        "en": "The check of today no longer accepts the files of one of these versions, so they cannot be compared. You can see each of them as learners read it.",
    },
    "review-decided": {
        "es": "Esta revisión ya tiene una decisión. Abra la página de nuevo para verla.",
        "en": "This review has been decided already. Open the page again to see it.",
    },
    "review-own-work": {
        "es": "Usted envió o editó estos textos; los aprueba otra persona. Si no hay otra, la coordinación puede permitir que se publiquen sin segunda revisión.",
        "en": "You sent or edited these texts; somebody else approves them. If there is nobody, the coordination may allow publishing without a second person.",
    },
    "review-ended": {
        "es": "Esta revisión ya terminó: se publicó, se devolvió o se retiró. Para otro cambio, envíe el borrador de nuevo.",
        "en": "This review is over: it was published, sent back or withdrawn. For another change, send the draft again.",
    },
    "review-alone": {
        "es": "Falta la aprobación de una segunda persona. Pídala, o pida a la coordinación que permita publicar sin ella.",
        "en": "A second person has not approved this. Ask for it, or ask the coordination to allow publishing without it.",
    },
    "review-edited-since": {
        "es": "El borrador cambió después de la aprobación, que vale solo para lo que se envió. Envíelo de nuevo a revisión.",
        "en": "The draft was changed after the approval, which holds only for what was sent. Send it for review again.",
    },
    "review-waiting": {
        "es": "Ya hay una revisión en espera de este curso. Ábrala, o retírela para enviar otra.",
        "en": "A review of this course is waiting already. Open it, or withdraw it to send another.",
    },
    "review-nothing": {
        "es": "El borrador dice lo mismo que la versión publicada: no hay nada que revisar.",
        "en": "The draft says what the published version says: there is nothing to review.",
    },
    "review-base-moved": {
        "es": "Mientras tanto cambió la versión publicada del curso, y la revisión se hizo frente a otra. Envíe el borrador de nuevo.",
        "en": "The published version of the course changed meanwhile, and the review compared with another one. Send the draft again.",
    },
    "review-sentence": {
        "es": "Falta la frase para las personas participantes en el idioma «{lang}».",
        "en": "The sentence for learners is missing in the language “{lang}”.",
    },
    "code-spent": {
        "es": "Este código o enlace ya se usó o venció. Pida uno nuevo a quien se lo entregó.",
        "en": "This code or link was used or has run out. Ask whoever gave it to you for a new one.",
    },
    "shape": {
        "es": "No pudimos leer lo que envió; no se guardó nada. Vuelva a la página e inténtelo de nuevo.",
        "en": "We could not read what was sent; nothing was stored. Go back to the page and try again.",
    },
    "sheet-too-long": {
        "es": "El texto tiene {length} signos y caben {longest}. Acórtelo o pase una parte a otra hoja; no se guardó nada.",
        "en": "The text has {length} characters and {longest} fit. Shorten it or move a part to another sheet; nothing was stored.",
    },
    "too-many-tries": {
        "es": "Demasiados intentos seguidos. Espere {retry_after} segundos y vuelva a intentarlo.",
        "en": "Too many tries in a row. Wait {retry_after} seconds and try again.",
    },
    "certificate-unknown": {
        "es": "No hemos expedido ninguna constancia con el folio «{number}».",
        "en": "We have issued no certificate with the number “{number}”.",
    },
    "log-line-unknown": {
        "es": "El registro de expedición no tiene la línea {line}.",
        "en": "The issuance log has no line {line}.",
    },
    "coordinator-unknown": {
        "es": "No hay ninguna cuenta de coordinación con «{identity}».",
        "en": "There is no coordinator’s account with “{identity}”.",
    },
    "user-unknown": {
        "es": "No hay ninguna cuenta con «{identity}».",
        "en": "There is no account with “{identity}”.",
    },
    "content-refused": {
        "es": "El contenido tiene errores y no se publicó; lo publicado sigue igual.",
        "en": "The content has errors and was not published; what is published stays as it is.",
    },
    "content-unreadable": {
        "es": "No se puede leer {name}: {reason}.",
        "en": "{name} cannot be read: {reason}.",
    },
    "user-exists": {
        "es": "Ya existe una cuenta con «{identity}».",
        "en": "There is already an account with “{identity}”.",
    },
    "identity-unreadable": {
        "es": "«{identity}» no es un correo ni un nombre de usuario. Un nombre de usuario tiene de 3 a 64 letras, cifras, puntos o guiones.",
        "en": "“{identity}” is neither an e-mail address nor a username. A username has 3 to 64 letters, digits, dots or hyphens.",
    },
    "role-needs-institution": {
        "es": "El papel «{role}» solo existe en una institución. Indíquela con --institution.",
        "en": "The role “{role}” exists only at an institution. Name it with --institution.",
    },
    "institution-unknown": {
        "es": "No hay ninguna institución «{slug}».",
        "en": "There is no institution “{slug}”.",
    },
    "institution-exists": {
        "es": "Ya existe la institución «{slug}».",
        "en": "There is already an institution “{slug}”.",
    },
    "institution-unreadable": {
        "es": "{name}: use {allowed}.",
        "en": "{name}: use {allowed}.",
    },
    "changed-meanwhile": {
        "es": "Otra persona cambió estos datos mientras usted los editaba. Vea lo que dice ahora y envíe de nuevo lo que quiera cambiar.",
        "en": "Somebody else changed this while you were editing. Look at what it says now, and send again what you want to change.",
    },
    "name-length": {
        "es": "Escriba un nombre de 1 a {limit} caracteres.",
        "en": "Write a name of 1 to {limit} characters.",
    },
    "day-unreadable": {
        "es": "«{entry}» no es una fecha. Escríbala así: 2026-11-16.",
        "en": "“{entry}” is no date. Write it as 2026-11-16.",
    },
    "days-reversed": {
        "es": "Revise las fechas: la primera no puede ser posterior a la última, y el año va de 1950 a 2100.",
        "en": "Check the dates: the first cannot be after the last, and the year lies between 1950 and 2100.",
    },
    "seats-range": {
        "es": "Un puesto tiene de 1 a {limit} plazas.",
        "en": "A post has 1 to {limit} seats.",
    },
    "hours-range": {
        "es": "Las horas por semana van de 0 a {limit}.",
        "en": "Hours a week run from 0 to {limit}.",
    },
    "profile-unknown": {
        "es": "No hay ningún perfil de puesto «{profile}».",
        "en": "There is no job profile “{profile}”.",
    },
    "unit-exists": {
        "es": "Ya hay un área «{name}». Elija otro nombre.",
        "en": "There is already a unit “{name}”. Choose another name.",
    },
    "unit-circle": {
        "es": "«{name}» no puede quedar dentro de sí misma. Elija otra área superior.",
        "en": "“{name}” cannot lie inside itself. Choose another unit around it.",
    },
    "unit-in-use": {
        "es": "«{name}» todavía tiene puestos o áreas. Ciérrelos o cámbielos de lugar primero.",
        "en": "“{name}” still has posts or units. Close or move them first.",
    },
    "post-exists": {
        "es": "El área ya tiene el puesto «{title}». Agregue plazas a ese puesto o elija otro nombre.",
        "en": "The unit already has the post “{title}”. Add seats to that one, or choose another name.",
    },
    "post-closed": {
        "es": "El puesto «{title}» se cierra antes de que empiece el nombramiento.",
        "en": "The post “{title}” closes before the appointment begins.",
    },
    "appointment-overlaps": {
        "es": "La persona ya está en ese puesto en parte de esas fechas. Corrija o termine primero el otro nombramiento.",
        "en": "The person is already in that post on some of these days. Correct or end the other appointment first.",
    },
    "appointment-settled": {
        "es": "Solo se retira un nombramiento el mismo día en que se capturó. Corríjalo o póngale fecha de término.",
        "en": "An appointment can be taken back only on the day it was entered. Correct it or give it a last day.",
    },
    "identity-missing": {
        "es": "Escriba un correo o un nombre de usuario: sin uno de los dos la persona no puede entrar.",
        "en": "Write an e-mail address or a username: without one of them the person cannot sign in.",
    },
    "identity-of-two": {
        "es": "«{email}» y «{name}» pertenecen a dos cuentas distintas. Escriba solo una de las dos.",
        "en": "“{email}” and “{name}” belong to two accounts. Write only one of them.",
    },
    "person-here": {
        "es": "Esta persona ya está en la institución.",
        "en": "This person is at the institution already.",
    },
    "admission-refused": {
        "es": "Esta persona respondió que no se le agregue a su institución. La coordinación puede hablar con ella.",
        "en": "This person answered that they are not to be added to your institution. The coordination can speak with them.",
    },
    "admission-answered": {
        "es": "Ya respondió, o la institución ya no lo pide.",
        "en": "You have answered already, or the institution asks no longer.",
    },
    "account-is-elsewhere": {
        "es": "Esta invitación es para una cuenta que ya existe. Entre con ella y acepte ahí.",
        "en": "This invitation is for an account that exists already. Sign in with it and accept there.",
    },
    "person-of-others": {
        "es": "Esta persona también tiene un papel en otro lugar, así que su nombre, correo y usuario los cambia ella misma o la coordinación.",
        "en": "This person also has a role elsewhere, so that only they or the coordination can change the name, address and username.",
    },
    "own-account": {
        "es": "Cambie su propio nombre y su correo en «Mi cuenta».",
        "en": "Change your own name and address on “My account”.",
    },
    "own-membership": {
        "es": "Su propia salida la registra otra persona responsable o la coordinación.",
        "en": "You cannot let yourself leave. Ask another training manager or the coordination.",
    },
    "has-joined": {
        "es": "Esta persona ya tiene contraseña. Si la olvidó, entréguele un código.",
        "en": "This person has a password already. If they forgot it, hand them a code.",
    },
    "last-coordinator": {
        "es": "Es la única cuenta de coordinación. Nombre antes a otra persona.",
        "en": "This is the only coordinator. Name another one first.",
    },
    "edit-conflict": {
        "es": "Otra persona guardó cambios mientras usted escribía; no se sobrescribió nada. Vuelva al curso para ver lo que hay ahora.",
        "en": "Somebody else saved changes while you were writing; nothing was overwritten. Go back to the course to see what is there now.",
    },
    "no-such-trainer": {
        "es": "Ninguna persona capacitadora tiene ese correo o nombre de usuario.",
        "en": "No trainer has this e-mail address or username.",
    },
    "last-author": {
        "es": "Es la única persona que escribe este curso. Agregue antes a otra.",
        "en": "They are the only one who writes this course. Add somebody else first.",
    },
    "module-name": {
        "es": "El nombre de un módulo lleva letras minúsculas sin acento, cifras y guiones, de 3 a 60 signos; «final», «enrolment», «new», «quiz» y «work» están reservados.",
        "en": "The name of a module has small letters without accents, digits and hyphens, 3 to 60 signs; “final”, “enrolment”, “new”, “quiz” and “work” are reserved.",
    },
    "module-taken": {
        "es": "Ya hay un módulo con el nombre «{slug}». Elija otro.",
        "en": "There is a module called “{slug}” already. Choose another name.",
    },
    "modules-too-many": {
        "es": "Un curso tiene como máximo {limit} módulos.",
        "en": "A course has at most {limit} modules.",
    },
    "course-home-unwritable": {
        "es": "La carpeta de los cursos no admite cambios; no se publicó nada. Avise a quien administra el sitio.",
        "en": "The folder of the courses takes no changes; nothing was published. Tell whoever runs the site.",
    },
    "language-taken": {
        "es": "El curso ya tiene el idioma «{language}». Elija otro.",
        "en": "The course has the language “{language}” already. Choose another.",
    },
    "course-taken": {
        "es": "Ya hay un curso con el nombre «{slug}». Elija otro.",
        "en": "There is a course called “{slug}” already. Choose another name.",
    },
    "appeal-open": {
        "es": "Ya reportó esta pregunta y está en espera de respuesta.",
        "en": "You have reported this question already; it waits for an answer.",
    },
    "appeals-too-many": {
        "es": "Tiene {limit} reportes en espera de respuesta. Retire uno o espere la respuesta.",
        "en": "You have {limit} reports waiting for an answer. Withdraw one or wait for the answer.",
    },
    "appeal-answered": {
        "es": "Este reporte ya tiene respuesta. Vuelva a la lista para verla.",
        "en": "This report has been answered already. Go back to the list to see it.",
    },
    "appeal-own": {
        "es": "Nadie responde su propio reporte. Pídalo a otra persona capacitadora.",
        "en": "Nobody answers a report of their own. Ask another trainer.",
    },
    "section-questions-too-many": {
        "es": "Tiene {limit} preguntas sin responder. Retire una o espere la respuesta.",
        "en": "You have {limit} questions that are not answered yet. Withdraw one or wait for the answer.",
    },
    "section-question-answered": {
        "es": "Esta pregunta ya tiene respuesta. Vuelva a sus preguntas para leerla.",
        "en": "This question has been answered already. Go back to your questions to read it.",
    },
    "section-question-withdrawn": {
        "es": "Quien hizo esta pregunta la retiró mientras tanto. No hace falta responderla.",
        "en": "Whoever asked this question has withdrawn it meanwhile. It needs no answer.",
    },
    "section-question-open": {
        "es": "Esta pregunta está sin responder. Respóndala antes de publicarla.",
        "en": "This question is unanswered. Answer it before you publish it.",
    },
    "section-question-own": {
        "es": "Nadie responde ni publica su propia pregunta. Pídalo a otra persona capacitadora.",
        "en": "Nobody answers or publishes a question of their own. Ask another trainer.",
    },
    "claim-waits": {
        "es": "Ya envió una solicitud para esta competencia y está en espera de respuesta.",
        "en": "You have sent a claim for this competency already; it waits for an answer.",
    },
    "claims-too-many": {
        "es": "Tiene {limit} solicitudes en espera de respuesta. Retire una o espere la respuesta.",
        "en": "You have {limit} claims waiting for an answer. Withdraw one or wait for the answer.",
    },
    "call-closed": {
        "es": "Esta convocatoria está archivada o ya cerró; por ella no se agrega nada al plan.",
        "en": "This call is put aside or over; nothing is added to the plan for it.",
    },
    "claim-decided": {
        "es": "Esta solicitud ya tiene respuesta. Vuelva a la lista para verla.",
        "en": "This claim has been answered already. Go back to the list to see it.",
    },
    "claim-own": {
        "es": "Nadie decide sobre su propia solicitud. Pídalo a otra persona de la coordinación.",
        "en": "Nobody decides on a claim of their own. Ask another coordinator.",
    },
    "evidence-no-room": {
        "es": "Ya no hay espacio para más archivos. Retire una solicitud o ponga un enlace en lugar del archivo.",
        "en": "There is no room for more files. Withdraw a claim, or give a link instead of a file.",
    },
    "recognition-day": {
        "es": "La fecha debe estar entre hoy y dentro de diez años.",
        "en": "The day has to lie between today and ten years from now.",
    },
    "recognition-over": {
        "es": "Este reconocimiento ya no está vigente.",
        "en": "This recognition no longer counts.",
    },
    "plan-in-review": {
        "es": "El plan está en revisión y no cambia mientras tanto. Retírelo de la revisión para seguir escribiendo.",
        "en": "The plan is in review and does not change meanwhile. Take it back from the review to go on writing.",
    },
    "plan-not-draft": {
        "es": "El plan ya no es un borrador. Si está en vigor, escriba una versión nueva.",
        "en": "The plan is no longer a draft. If it is in force, write a new version.",
    },
    "plan-not-in-review": {
        "es": "El plan no está en revisión.",
        "en": "The plan is not in review.",
    },
    "plan-not-in-force": {
        "es": "El plan no está en vigor.",
        "en": "The plan is not in force.",
    },
    "plan-empty": {
        "es": "El plan no pide nada todavía. Agregue al menos un requisito.",
        "en": "The plan asks for nothing yet. Add at least one requirement.",
    },
    "plan-needs-advice": {
        "es": "En su institución, la coordinación revisa el plan antes de que se apruebe. Envíelo a revisión.",
        "en": "At your institution the coordination reviews the plan before it is approved. Send it to the review.",
    },
    "plan-has-exceptions": {
        "es": "El plan tiene {count} casos sin resolver. Resuélvalos o acéptelos con su motivo.",
        "en": "The plan has {count} cases that are not settled. Settle them, or accept each with a reason.",
    },
    "plan-period-reversed": {
        "es": "El plan termina antes de empezar. Revise las dos fechas.",
        "en": "The plan ends before it begins. Check both dates.",
    },
    "plan-period-over": {
        "es": "Este periodo ya terminó. Elija un último día que esté por venir.",
        "en": "This period is over already. Choose a last day that is still to come.",
    },
    "plan-period-long": {
        "es": "Un plan dura diez años como máximo.",
        "en": "A plan runs for ten years at most.",
    },
    "plan-period-too-short": {
        "es": "Un requisito del plan vence después de ese día. Cambie primero su fecha límite.",
        "en": "A requirement of the plan is due after that day. Change its due date first.",
    },
    "day-unthinkable": {
        "es": "Revise el año: aquí caben los años de 2000 a 2099.",
        "en": "Check the year: it lies between 2000 and 2099 here.",
    },
    "due-unclear": {
        "es": "Indique una fecha límite o los días después del nombramiento: una de las dos cosas.",
        "en": "Give a due date or the days after the appointment: one of the two.",
    },
    "due-past": {
        "es": "Esta fecha límite ya pasó. Elija un día que esté por venir.",
        "en": "This due date has passed. Choose a day that is still to come.",
    },
    "due-after-plan": {
        "es": "Esta fecha límite queda después del fin del plan.",
        "en": "This due date lies after the end of the plan.",
    },
    "reason-missing": {
        "es": "Escriba el motivo: quien debe tomar el curso lo va a leer.",
        "en": "Write the reason: whoever has to take the course will read it.",
    },
    "act-to-come": {
        "es": "El acto lleva una fecha que aún no llega.",
        "en": "The act bears a date that is still to come.",
    },
    "exemption-reversed": {
        "es": "El último día queda antes del primero. Revise las dos fechas.",
        "en": "The last day lies before the first. Check both dates.",
    },
    "exemption-backdated": {
        "es": "Una exención empieza hoy o más adelante: lo que ya pasó queda como fue.",
        "en": "An exemption begins today or later: what has passed stays as it was.",
    },
    "exemption-too-long": {
        "es": "Una exención dura cinco años como máximo. Quien no necesita el curso no pertenece a ese requisito del plan.",
        "en": "An exemption lasts five years at most. Whoever does not need the course does not belong to that requirement.",
    },
    "exemption-exists": {
        "es": "Ya hay una exención que abarca parte de esos días. Termínela primero.",
        "en": "There is already an exemption for some of these days. End that one first.",
    },
    "exemption-decided": {
        "es": "Esta exención ya se decidió, o su tiempo terminó.",
        "en": "This exemption was decided already, or its time is over.",
    },
    "request-waits": {
        "es": "Ya envió esta solicitud y está en espera de respuesta.",
        "en": "You have sent this request already, and it waits for an answer.",
    },
    "request-answered": {
        "es": "Esta solicitud ya tiene respuesta, o se retiró.",
        "en": "This request was answered already, or taken back.",
    },
    "request-own": {
        "es": "Es su propia solicitud: le responde otra persona responsable de capacitación o la coordinación.",
        "en": "This is your own request: another training manager or the coordination answers it.",
    },
    "last-manager": {
        "es": "Es la única persona responsable de capacitación que puede entrar. Nombre antes a otra, o pídalo a la coordinación.",
        "en": "This is the only training manager who can sign in. Name another one first, or ask the coordination.",
    },
    "exemption-over": {
        "es": "Esta exención ya terminó.",
        "en": "This exemption is over already.",
    },
    "priority-retired": {
        "es": "Esta prioridad ya se retiró. Agregue una nueva.",
        "en": "This priority was retired. Add a new one.",
    },
    **CERTIFICATE_ACTS,
    **GRADED_WORK,
    **KEY_ERRORS,
    **BUNDLE_ERRORS,
    **VERIFICATION_ERRORS,
}


def error_sentence(code: str, facts: dict[str, object], lang: str) -> str:
    """Return the sentence of an error code in `es` or `en`, its facts filled in."""
    return ERRORS[code]["es" if lang == "es" else "en"].format(**facts)
