"""A quiz in another language, completed from its source."""

from collections.abc import Mapping
from dataclasses import replace

from conexx_learn.domain.quiz import Answer, Question, QuestionType, Quiz, Section
from conexx_learn.domain.quiz_source.revision import with_revisions


def inherit(source: Quiz, translation: Quiz) -> Quiz:
    """Complete a translation: everything that it may omit comes from the source.

    Structure, settings, points, weights and numbers are the source's; titles, texts,
    feedback and accepted words are the translation's. Scoring revisions are the
    source's, so that both languages are one question for statistics.
    """
    questions = {question.id: question for question in translation.questions}
    sections = {section.id: section for section in translation.sections}
    return replace(
        translation,
        id=source.id,
        settings=source.settings,
        sections=tuple(
            _inherited_section(section, sections.get(section.id), questions)
            for section in source.sections
        ),
    )


def _inherited_section(
    here: Section, there: Section | None, questions: Mapping[str, Question]
) -> Section:
    merged = tuple(
        _inherited_question(question, questions[question.id])
        if question.id in questions
        else question
        for question in here.questions
    )
    if there is None:
        return replace(here, questions=merged)
    return replace(
        here,
        title=there.title,
        text_md=there.text_md,
        questions=merged,
        line=there.line,
        lines=there.lines,
    )


def _inherited_question(here: Question, there: Question) -> Question:
    stated = there.lines
    answers = there.answers
    if here.type is not QuestionType.WORDS and len(answers) == len(here.answers):
        pairs = zip(here.answers, answers, strict=True)
        answers = tuple(_inherited_answer(one, other) for one, other in pairs)
    merged = replace(
        here,
        title=there.title,
        prompt_md=there.prompt_md,
        answers=answers,
        unit=there.unit if "unit" in stated else here.unit,
        void_reason=there.void_reason if "void-reason" in stated else here.void_reason,
        tags=there.tags if "tags" in stated else here.tags,
        parts=there.parts,
        line=there.line,
        lines=stated,
    )
    return replace(with_revisions(merged), scoring_revision=here.scoring_revision)


def _inherited_answer(here: Answer, there: Answer) -> Answer:
    return replace(
        here,
        text_md=there.text_md,
        left_md=there.left_md,
        right_md=there.right_md,
        feedback_md=there.feedback_md,
        line=there.line,
    )
