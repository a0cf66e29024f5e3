"""Whose a date is: acts told in small texts, each asked for by its verb or noun, through the pinned model."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.chronicle import Chronicle
from kg.extract.dating import Dated, date_of
from kg.extract.times import Anchor
from kg.records import PartialDate, Phase

# Texts written on 20 June 2018, a Wednesday | the word that tells the act | its date, "?" behind a surmised one
DONE: tuple[tuple[str, str, str], ...] = (
    # the clause's own
    ("Oslo sent tents to Lima on Monday.", "sent", "2018-06-18"),
    ("On Monday, in a hall hung with portraits, the donors gave 40 trucks.", "gave", "2018-06-18"),
    ("Late on Sunday night a ship from Perth docked.", "docked", "2018-06-17"),
    ("The tents were unloaded in the early hours of Tuesday.", "unloaded", "2018-06-19"),
    ("Forty nurses flew out to-day.", "flew", "2018-06-20"),
    ("Four planes from Oslo arrived in the town yesterday morning, carrying rice.", "arrived", "2018-06-19"),
    ("Mobile clinics are running in the town since Tuesday.", "running", "2018-06-19"),
    ("A train set out Tuesday night.", "set", "2018-06-19"),
    ("Oslo sent tents on Monday and Bern gave rice on Tuesday.", "gave", "2018-06-19"),
    ("Oslo sent tents on Monday and Bern gave rice on Tuesday.", "sent", "2018-06-18"),
    ("On Monday Oslo sent tents and Bern gave rice.", "gave", "2018-06-18"),
    ("Oslo sent tents on Monday and Bern gave rice.", "gave", ""),
    ("Oslo has given rice; on Monday Bern sent tents.", "given", ""),
    ("Oslo sent tents on Monday, while Bern has given rice.", "given", ""),
    ("A plane landed on Friday, followed two days later by a ship.", "followed", "2018-06-17"),
    ("In May 1950, a month after the war had ended, trains brought coal.", "brought", "1950-05"),
    ("Convoys have been bringing flour since 4 June.", "bringing", "2018-06-04"),
    ("Since 4 June Madrid has flown 30 doctors to the island.", "flown", "2018-06-04"),
    ("Prices rose after 4 June, and Madrid flew 30 doctors to the island.", "flew", ""),
    ("By Saturday noon 300 tonnes had been handed out.", "handed", "2018-06-16"),
    # of the clause above
    ("Two planes carrying tents landed on Monday.", "carrying", "2018-06-18"),
    ("A ship left Perth on Monday, taking 40 nurses to the islands.", "taking", "2018-06-18"),
    ("Tents sent by Peru reached the town on Monday.", "reached", "2018-06-18"),
    ("Tents sent by Peru reached the town on Monday.", "sent", "2018-06-18?"),
    ("The army began on Monday to hand out flour.", "hand", "2018-06-18"),
    ("The rescuers, who had been sent by Peru in May, left on Monday.", "sent", "2018-05"),
    ("The rescuers, who had been sent by Peru, left on Monday.", "sent", ""),
    ("Peru has sent 40 rescuers, who arrived on Monday.", "sent", ""),
    ("Help began on 4 May, when two trains were sent north.", "sent", "2018-05-04"),
    ("In the 1999 floods, when Peru gave 600 tents, no road was open.", "gave", "1999"),
    ("As the airport reopened on Monday, a jet brought vaccines.", "brought", ""),
    # the telling's
    ("Peru has sent 40 rescuers, its ministry said on Tuesday.", "sent", ""),
    ("The ministry said on Tuesday that Peru had sent 40 rescuers.", "sent", ""),
    ("The ministry said on Tuesday that Peru had sent 40 rescuers on Sunday.", "sent", "2018-06-17"),
    ("The ministry said on Tuesday that Peru sent 40 rescuers.", "sent", "2018-06-19?"),
    ("The ministry said on Tuesday that 40 rescuers are being sent.", "sent", "2018-06-19"),
    ("Forty rescuers landed on Monday, the ministry said on Tuesday.", "landed", "2018-06-18"),
    # of things that are only named
    ("Oslo sent tents after Friday's summit had ended.", "sent", ""),
    ("The 2005 accord let Oslo send tents.", "send", ""),
    ("The plan of 3 May was late, and Oslo sent tents.", "sent", ""),
    ("After the earthquake on Friday Oslo sent tents.", "sent", ""),
    ("The earthquake of 12 June left thousands homeless, and Oslo gave tents.", "gave", ""),
    ("Nobody has sent tents since the storm of 1953.", "sent", ""),
    ("During the floods of 1953 Oslo sent 200 boats.", "sent", "1953"),
    ("After the 1953 flood, Oslo sent 200 boats.", "sent", "1953"),
    # of nouns
    ("Friday's delivery of tents was the first.", "delivery", "2018-06-15"),
    ("The May shipment of rice has been eaten.", "shipment", ""),
    ("A donation of rice on 4 June was welcome.", "donation", "2018-06-04"),
    # around the sentence
    ("• Oman, 4 June: two planes of tents were flown to the coast.", "flown", "2018-06-04"),
    ("• Oman: two planes of tents were flown to the coast on 5 June.", "flown", "2018-06-05"),
    ("I was in the town in May. Oslo sent 200 boats.", "sent", "2018-05?"),
    ("I was in the town in May. Oslo has sent 200 boats.", "sent", ""),
    ("I was in the town in May. A ship came on the tenth. Oslo sent 200 boats.", "sent", "2018-05?"),
    ("A ship sank at the weekend. Oslo sent 200 boats.", "sent", ""),
    ("I was in the town on 9 May. Oslo sent 200 boats.", "sent", ""),
    ("I was in the town in May. On Monday a ship sank. Oslo sent 200 boats.", "sent", ""),
    ("A storm struck on 9 May.\n\nTwo days later Oslo sent 200 boats.", "sent", "2018-05-11"),
    ("A cyclone struck on 9 May. Riga met. Three days after the cyclone, Oslo sent 200 boats.", "sent", "2018-05-12"),
    ("Saturday's earthquake killed 40.\n\nThe day after the quake, Oslo sent dogs.", "sent", "2018-06-17"),
    ("The quake of 1934 is not forgotten.\n\nThe day after the quake, Oslo sent dogs.", "sent", ""),
)  # fmt: skip

SAID: tuple[tuple[str, str, str], ...] = (
    ("On Tuesday Oslo promised that tents would be sent.", "promised", "2018-06-19"),
    ("On Tuesday Oslo promised that tents would be sent.", "sent", "2018-06-19"),
    ("Oslo promised on Tuesday that a plane would leave on Friday.", "leave", "2018-06-22"),
    ("A plane is to leave on Friday.", "leave", "2018-06-22"),
    ("In a call on Monday the king offered 40 trucks.", "offered", "2018-06-18"),
    ("In another call, held on Monday, the king offered 40 trucks.", "offered", "2018-06-18"),
    ("At a conference in Doha on 4 June, members pledged $4 million.", "pledged", "2018-06-04"),
    ("The trucks had been offered in the course of a telephone call two days ago.", "offered", "2018-06-18"),
    ("The appeal, launched on Monday, calls for $40 million.", "calls", "2018-06-18?"),
    ("Oslo has offered boats, the minister said on Monday.", "offered", "2018-06-18"),
    ("The minister said on Monday that Oslo would send boats.", "send", "2018-06-18"),
    ("Oslo, which lent boats in May, has promised more.", "promised", ""),
)


def show(dated: Dated) -> str:
    """A date in the notation of the tables."""
    return "" if dated.date is None else dated.date.iso + ("" if dated.told else "?")


def dated(read: Any, text: str, word: str, phase: Phase) -> Dated:
    """When what the last such word of a text tells happened."""
    scene = read(text).scene
    chronicle = Chronicle(scene, Anchor(PartialDate("2018-06-20"), None))
    found = Dated()
    for paragraph in scene.parsed.paragraphs:
        times = chronicle.times(paragraph)
        for token in paragraph.doc:
            if token.text == word:
                found = date_of(times, token, phase)
    return found


@pytest.mark.parametrize(("text", "word", "date"), DONE)
def test_what_is_done_has_the_date_of_its_clause(read: Any, text: str, word: str, date: str) -> None:
    assert show(dated(read, text, word, "delivered")) == date


@pytest.mark.parametrize(("text", "word", "date"), SAID)
def test_what_is_promised_has_the_date_of_the_word_given(read: Any, text: str, word: str, date: str) -> None:
    assert show(dated(read, text, word, "pledged")) == date
