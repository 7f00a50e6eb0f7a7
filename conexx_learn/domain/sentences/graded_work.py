"""What is said when work that people grade cannot go on: what, and what to do."""

GRADED_WORK: dict[str, dict[str, str]] = {
    "work-course-ended": {
        "es": "Ya completó este curso; no hace falta entregar otro trabajo.",
        "en": "You have completed this course; no other work is needed.",
    },
    "work-team-full": {
        "es": "Un equipo tiene a lo más {most} personas, con las invitadas. Retire una invitación antes de enviar otra.",
        "en": "A team has at most {most} people, those invited included. Withdraw an invitation before you send another.",
    },
    "work-team-busy": {
        "es": "Su equipo entregó un trabajo que espera su calificación. Podrá cambiar de equipo cuando la tenga.",
        "en": "Your team handed in a work that waits for its grade. You can change teams once it has one.",
    },
    "work-passed": {
        "es": "Alguien del equipo ya tiene un trabajo aprobado en este curso. No hace falta entregar otro.",
        "en": "Somebody of the team has passed work in this course already. No other is needed.",
    },
    "work-being-read": {
        "es": "Una persona evaluadora ya empezó a leer su trabajo, así que no se puede cambiar. Espere la calificación.",
        "en": "An assessor has begun to read your work, so it can no longer be changed. Wait for the grade.",
    },
    "work-rounds-used": {
        "es": "Ya entregó las {rounds} veces que permite el curso. Escriba a la coordinación.",
        "en": "You have used the {rounds} times that the course allows. Write to the coordination.",
    },
    "work-no-room": {
        "es": "Ya no hay espacio para otro archivo suyo. Escriba a la coordinación.",
        "en": "There is no room for another file of yours. Write to the coordination.",
    },
    "uploads-too-many": {
        "es": "Tiene {limit} archivos a medio enviar. Termine uno antes de empezar otro.",
        "en": "You have {limit} files half sent. Finish one before you begin another.",
    },
    "upload-piece": {
        "es": "Esta parte no es del archivo que se está enviando. Elija el archivo otra vez.",
        "en": "This part is not of the file that is being sent. Choose the file again.",
    },
    "upload-offset": {
        "es": "Falta una parte del archivo: llegaron {received} bytes. Elija el mismo archivo y siga.",
        "en": "A part of the file is missing: {received} bytes are here. Choose the same file and go on.",
    },
    "work-decided": {
        "es": "Este trabajo ya tiene calificación, o lo reemplazó uno más nuevo. Vuelva a la lista para verlo.",
        "en": "This work has a grade already, or a newer one took its place. Go back to the list to see it.",
    },
    "work-own": {
        "es": "Nadie decide sobre un trabajo propio. Pídalo a otra persona de la coordinación.",
        "en": "Nobody decides on a work of their own. Ask another coordinator.",
    },
    "work-replaced": {
        "es": "El equipo acaba de entregar un trabajo más nuevo. Abra la lista otra vez.",
        "en": "The team has just handed in a newer work. Open the list again.",
    },
    "work-certified": {
        "es": "Con este resultado se expidió una constancia. Revóquela antes de cambiar el nivel.",
        "en": "A certificate was issued on this result. Revoke it before you change the level.",
    },
    "work-newer": {
        "es": "El equipo ya entregó otro trabajo después de este. El resultado anterior ya no cambia.",
        "en": "The team has handed in another work after this one. The earlier result no longer changes.",
    },
    "assessor-author": {
        "es": "Esta persona es del equipo que entregó el trabajo. Elija a otra.",
        "en": "This person is of the team that handed the work in. Choose another.",
    },
    "assessor-same-institution": {
        "es": "Esta persona es de la institución de quien entregó el trabajo. Elija a una de otra institución.",
        "en": "This person belongs to the institution of who handed the work in. Choose one of another institution.",
    },
    "assessor-chosen-already": {
        "es": "Esta persona ya evalúa este trabajo. Elija a otra.",
        "en": "This person assesses this work already. Choose another.",
    },
    "assessor-enough": {
        "es": "Este trabajo ya tiene las personas evaluadoras que necesita.",
        "en": "This work has the assessors that it needs.",
    },
    "assessor-all-taught": {
        "es": "Al menos una persona evaluadora debe ser ajena al curso de este equipo. Elija a alguien que no lo impartió.",
        "en": "At least one assessor must not have taught this team. Choose somebody who did not.",
    },
    "assessors-none": {
        "es": "No hay persona capacitadora que pueda evaluar este trabajo. Invite a una de otra institución.",
        "en": "There is no trainer who may assess this work. Invite one of another institution.",
    },
    "assessment-submitted": {
        "es": "Estos niveles ya se enviaron y no cambian. La coordinación puede corregir un error.",
        "en": "These levels were submitted and do not change. The coordination can correct a mistake.",
    },
    "assessment-not-begun": {
        "es": "Empiece primero la evaluación: abra el trabajo desde su lista.",
        "en": "Begin the assessment first: open the work from your list.",
    },
    "marks-incomplete": {
        "es": "Falta un nivel o un comentario. Revise los criterios y envíe otra vez.",
        "en": "A level or a comment is missing. Look through the criteria and submit again.",
    },
    "correction-shape": {
        "es": "Elija un nivel distinto de 0 a 5 y escriba por qué; no se cambió nada.",
        "en": "Choose another level from 0 to 5 and say why; nothing was changed.",
    },
}
"""Error code to language to sentence."""
