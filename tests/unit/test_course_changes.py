"""What somebody who reviews a version is told of it."""

import pytest

from conexx_learn.domain.course_changes import CourseChanges, course_changes
from conexx_learn.domain.course_changes.module_changes import ModuleState
from conexx_learn.domain.course_changes.question_changes import (
    OptionState,
    QuestionState,
)
from conexx_learn.domain.course_changes.setting_changes import SettingChange
from conexx_learn.domain.course_changes.text_changes import BlockState
from conexx_learn.domain.course_changes.version_bump import Bump, BumpReason, raised
from tests.course_edits import REAL, course_files, course_of, edited
from tests.published import Edits

WELL = "01-the-well.es.md"
QUIZ = "01-the-well.quiz.es.md"
QUIZ_EN = "01-the-well.quiz.en.md"
SETTINGS = "course.toml"
CARE = "Con una tapa y una cerca."


def changes(edits: Edits) -> CourseChanges:
    return course_changes(course_of(course_files()), edited(edits))


@pytest.mark.parametrize("slug", ["small-course", REAL])
def test_a_course_beside_itself_did_not_change(slug: str) -> None:
    course = course_of(course_files(slug), slug)

    found = course_changes(course, course)

    assert not found
    assert not found.changed_modules
    assert found.kept_modules == found.modules
    assert found.bump is Bump.MINOR


@pytest.mark.parametrize("slug", ["small-course", REAL])
def test_of_a_first_version_everything_is_new(slug: str) -> None:
    course = course_of(course_files(slug), slug)

    found = course_changes(None, course)

    assert found
    assert {one.state for one in found.modules} == {ModuleState.ADDED}
    assert {one.state for one in found.questions} == {QuestionState.ADDED}
    assert not found.kept_modules
    assert not found.reasons


def test_a_reworded_sentence_shows_the_words_that_went_and_came() -> None:
    found = changes({WELL: (CARE, "Con una tapa de cemento y una cerca.")})

    (module,) = found.changed_modules
    (text,) = module.texts
    (block,) = [b for b in text.text.blocks if b.state is BlockState.CHANGED]
    assert block.html == "Con una tapa <ins>de cemento </ins>y una cerca."
    assert (text.lang, text.path, text.is_renamed) == ("es", WELL, False)
    assert (text.text.changed, text.text.added, text.text.removed) == (1, 0, 0)


def test_a_new_paragraph_is_added_whole_and_the_rest_is_collapsed() -> None:
    found = changes({WELL: (CARE, f"{CARE}\n\nY con *cuidado*.")})

    blocks = found.changed_modules[0].texts[0].text.blocks
    assert [one.state for one in blocks] == [
        BlockState.SKIPPED,
        BlockState.KEPT,
        BlockState.ADDED,
    ]
    assert blocks[0].count > 1
    assert blocks[2].html == "Y con <em>cuidado</em>."


def test_a_paragraph_that_went_is_shown_at_its_place() -> None:
    found = changes({WELL: (f"\n{CARE}\n", "\n")})

    removed = found.changed_modules[0].texts[0].text.blocks[-1]
    assert (removed.state, removed.html) == (BlockState.REMOVED, CARE)
    assert removed.place.startswith("o")


def test_a_link_that_leads_elsewhere_is_told_although_no_word_changed() -> None:
    before = edited({WELL: (CARE, "Vea [la guía](https://a.example/uno).")})
    after = edited({WELL: (CARE, "Vea [la guía](https://a.example/dos).")})

    found = course_changes(before, after)

    (block,) = [
        b
        for b in found.changed_modules[0].texts[0].text.blocks
        if b.state is BlockState.CHANGED
    ]
    assert block.targets_before == ("https://a.example/uno",)
    assert block.targets_after == ("https://a.example/dos",)
    assert "<ins>" not in block.html


def test_the_translation_of_a_changed_text_fell_behind() -> None:
    found = changes({WELL: (CARE, "Con una tapa.")})

    (stale,) = found.stale
    assert stale.path == "01-the-well.en.md"
    assert stale.source_path == WELL
    assert stale.is_new


def test_a_translation_that_was_behind_before_is_no_news() -> None:
    before = edited({WELL: (CARE, "Con una tapa.")})
    after = edited({WELL: (CARE, "Con una cerca.")})

    (stale,) = course_changes(before, after).stale

    assert not stale.is_new


def test_wording_is_a_minor_version() -> None:
    found = changes({WELL: (CARE, "Con tapa y cerca.")})

    assert not found.reasons
    assert found.bump is Bump.MINOR
    assert [one.slug for one in found.reread_modules] == ["the-well"]
    assert [one.slug for one in found.kept_modules] == ["the-pump"]


LID = "  > Seña-tapa: sin tapa entra polvo.\n"
LID_EN = "  > Sign-lid: dust comes in without a lid.\n"
TURNED: Edits = {
    QUIZ: (f"- ( ) Verdadero\n{LID}- (x) Falso", f"- (x) Verdadero\n{LID}- ( ) Falso"),
    QUIZ_EN: (f"- ( ) True\n{LID_EN}- (x) False", f"- (x) True\n{LID_EN}- ( ) False"),
}
RENAMED: Edits = {
    QUIZ: ("## well-truth", "## well-lid"),
    QUIZ_EN: ("## well-truth", "## well-lid"),
}
OPTIONAL = "quiz_minutes = 5\nrequired = false\n"


@pytest.mark.parametrize(
    ("edits", "reason"),
    [
        ({SETTINGS: ("hours = 1", "hours = 1.25")}, BumpReason.HOURS),
        ({SETTINGS: ("level = 2", "level = 3")}, BumpReason.COMPETENCIES),
        ({SETTINGS: ("pass_mark = 60", "pass_mark = 65")}, BumpReason.RULES),
        ({QUIZ: ("intentos: 3", "intentos: 2")}, BumpReason.RULES),
        ({"final.quiz.es.md": ("sortear: 2", "sortear: 1")}, BumpReason.RULES),
        ({SETTINGS: ("quiz_minutes = 5\n", OPTIONAL)}, BumpReason.REQUIREMENTS),
        (RENAMED, BumpReason.QUESTIONS),
        (TURNED, BumpReason.SCORING),
    ],
)
def test_what_is_learned_or_asked_makes_a_major_version(
    edits: Edits, reason: BumpReason
) -> None:
    found = changes(edits)

    assert reason in found.reasons
    assert found.bump is Bump.MAJOR


def test_another_right_answer_is_rescored_in_every_language() -> None:
    (question,) = changes(TURNED).questions

    assert (question.id, question.place) == ("well-truth", "the-well")
    assert question.state is QuestionState.RESCORED
    assert [one.lang for one in question.wordings] == ["es", "en"]
    (prompt,) = question.wordings[0].prompt.blocks
    assert prompt.html == "Un pozo sin tapa es un pozo limpio."
    option = question.wordings[0].options[0]
    assert option.state is OptionState.RESCORED
    assert (option.marker_before, option.marker_after) == ("( )", "(x)")


def test_a_reworded_question_keeps_its_score() -> None:
    edits = {QUIZ: ("¿De dónde sale el agua del municipio?", "¿De dónde sale el agua?")}

    (question,) = changes(edits).questions

    assert question.state is QuestionState.REWORDED
    (wording,) = question.wordings
    assert "<del>" in wording.prompt.blocks[0].html
    assert {one.state for one in wording.options} == {OptionState.KEPT}
    assert not changes(edits).reasons


def test_a_reworded_feedback_is_told_as_a_part() -> None:
    (question,) = changes({QUIZ: ("el banco presta dinero", "no es agua")}).questions

    assert list(question.wordings[0].parts) == ["feedback"]


def test_a_question_that_is_retired_counts_as_removed() -> None:
    edits: Edits = {
        QUIZ: (
            "## well-truth | La tapa\n",
            "## well-truth | La tapa\nestado: retired\n",
        )
    }

    found = changes(edits)

    assert [(one.id, one.state) for one in found.questions] == [
        ("well-truth", QuestionState.REMOVED)
    ]


def test_a_voided_question_says_so() -> None:
    void = "## well-truth | La tapa\nanulada: full\nmotivo: Dos son correctas.\n"
    (question,) = changes({QUIZ: ("## well-truth | La tapa\n", void)}).questions

    assert question.voided
    assert question.state is QuestionState.RESCORED


def test_a_rule_is_told_before_and_after() -> None:
    (rule,) = changes({QUIZ: ("intentos: 3", "intentos: 2")}).result_rules

    assert (rule.place, rule.key, rule.before, rule.after) == (
        "the-well",
        "attempts",
        "3",
        "2",
    )


def test_a_fact_of_the_course_is_told_before_and_after() -> None:
    found = changes({SETTINGS: ("validity_months = 24", "validity_months = 36")})

    assert found.settings == (SettingChange("validity_months", "24", "36"),)


def test_a_module_that_moved_changed_its_place_and_not_its_text() -> None:
    files = dict(course_files())
    moved = {
        name.replace("01-the-well", "02-the-well"): content
        for name, content in files.items()
    }
    moved = {
        name.replace("02-the-pump", "01-the-pump"): content.replace(
            b"02-the-pump", b"01-the-pump"
        ).replace(b"01-the-well", b"02-the-well")
        for name, content in moved.items()
    }
    well, pump = files[SETTINGS].decode().split("[[modules]]")[1:]
    head = files[SETTINGS].decode().split("[[modules]]")[0]
    moved[SETTINGS] = f"{head}[[modules]]{pump}\n[[modules]]{well}".encode()

    found = course_changes(course_of(files), course_of(moved))

    assert [one.slug for one in found.changed_modules if one.is_moved]
    assert not [one for one in found.changed_modules if one.texts]
    numbers = {one.slug: (one.number_before, one.number_after) for one in found.modules}
    assert numbers == {"the-pump": (2, 1), "the-well": (1, 2)}


def test_a_module_under_another_name_is_renamed_and_read_anew() -> None:
    files = {
        name.replace("the-pump", "a-pump"): content.replace(b"the-pump", b"a-pump")
        for name, content in course_files().items()
    }

    found = course_changes(course_of(course_files()), course_of(files))

    (module,) = [one for one in found.changed_modules if one.former_slug]
    assert (module.slug, module.former_slug) == ("a-pump", "the-pump")
    assert not module.keeps
    assert BumpReason.MODULES in found.reasons


def test_an_image_that_changed_is_told_with_its_sizes() -> None:
    files = dict(course_files())
    (name,) = [one for one in files if one.startswith("media/")]
    files[name] += b" "

    (media,) = course_changes(course_of(course_files()), course_of(files)).media

    assert f"media/{media.name}" == name
    assert media.bytes_after == (media.bytes_before or 0) + 1


def test_hostile_words_come_out_as_words() -> None:
    found = changes(
        {WELL: (CARE, "Con `<script>x</script>` & <ins onclick=x>b</ins>.")}
    )

    html = "".join(b.html for b in found.changed_modules[0].texts[0].text.blocks)
    assert "<script" not in html
    assert "onclick" not in html
    assert "&lt;script&gt;" in html


def test_the_number_rises_by_what_changed() -> None:
    assert raised(None, Bump.MINOR) == (1, 0)
    assert raised((0, 9), Bump.MINOR) == (1, 0)
    assert raised((1, 9), Bump.MINOR) == (1, 10)
    assert raised((1, 9), Bump.MAJOR) == (2, 0)


def test_a_change_that_no_page_shows_is_told_line_by_line() -> None:
    found = changes(
        {
            QUIZ: (
                "competencia: K1\nmodulo: the-well",
                "fuente: A-1\ncompetencia: K1\nmodulo: the-well",
            )
        }
    )

    assert found
    assert not found.questions
    (source,) = found.sources
    assert source.path == QUIZ
    (line,) = [b for b in source.text.blocks if b.state is BlockState.ADDED]
    assert line.html == "fuente: A-1"


def test_a_sign_that_hides_text_is_shown() -> None:
    found = changes({WELL: (CARE, f"{CARE} \u202eoculto")})

    html = "".join(one.html for one in found.sources[0].text.blocks)
    assert "\u202e" not in html
    assert "\N{REPLACEMENT CHARACTER}oculto" in html.replace("<ins>", "")


def test_what_stands_around_the_questions_is_compared() -> None:
    found = changes({QUIZ: ("Siete preguntas, una", "Siete preguntas breves, una")})

    (text,) = found.quiz_texts
    assert text.path == QUIZ
    assert text.text.blocks[0].html == (
        "Siete preguntas<ins> breves</ins>, una de cada clase."
    )
    assert not found.questions
