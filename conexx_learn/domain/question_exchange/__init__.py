"""Questions of other systems: GIFT and Moodle XML become a quiz text, and back.

`read_questions` is total: any bytes give questions, remarks, or both, never an
exception. A file that is malformed brings nothing; a question that has no counterpart
here is named with its line and its reason, and the others come. What is written can be
read again, and then is written as the same bytes.
"""

from conexx_learn.domain.question_exchange.departure import Departure, quiz_for_others
from conexx_learn.domain.question_exchange.foreign import Form
from conexx_learn.domain.question_exchange.reading import Arrival, read_questions
from conexx_learn.domain.question_exchange.remarks import Remark, Severity

__all__ = [
    "Arrival",
    "Departure",
    "Form",
    "Remark",
    "Severity",
    "quiz_for_others",
    "read_questions",
]
