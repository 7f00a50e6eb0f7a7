"""What a question took: what passed since the answer before."""

from conexx_learn.domain.answer_times import seconds_taken


def test_the_first_counts_from_the_start_and_each_from_the_one_before() -> None:
    found = seconds_taken({"third": 900, "first": 200, "second": 300})

    assert found == {"first": 20.0, "second": 10.0, "third": 60.0}


def test_answers_that_came_together_have_none_and_the_next_counts_from_them() -> None:
    assert seconds_taken({"a": 200, "b": 200, "c": 250}) == {"c": 5.0}


def test_an_attempt_without_times_has_none() -> None:
    assert seconds_taken({}) == {}


def test_an_answer_given_at_once_took_nothing() -> None:
    assert seconds_taken({"a": 0, "b": 10}) == {"a": 0.0, "b": 1.0}
