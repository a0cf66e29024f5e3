"""The questions to start from: each in one topic, with a title for people and a query that is short enough to read."""

from __future__ import annotations

from server.views.questions import questions, topics


def test_questions_are_the_competency_questions_without_their_answers() -> None:
    titles = {question.name: question.title for question in questions()}
    assert titles["09"] == "Which help was given before 1950?"
    assert titles["05"] == "Which words prove the delivery to Italy, and where do they stand?"
    assert len(titles) >= 15


def test_every_question_is_in_one_topic() -> None:
    in_topics = [question for topic in topics() for question in topic.questions]
    assert sorted(in_topics, key=lambda question: question.name) == list(questions())
    assert len({topic.title for topic in topics()}) == len(topics())


def test_questions_declare_no_prefix_in_vain_and_none_too_few() -> None:
    (text,) = (question.text for question in questions() if question.name == "11")
    lines = text.split("\n")
    assert lines[0] == "# Who is quoted, how often?"
    assert [line.split()[1] for line in lines if line.startswith("PREFIX")] == ["schema:"]
