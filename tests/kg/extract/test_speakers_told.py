"""Who speaks in made-up articles, names found and linked as in a build: officials, announcements, pronouns."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.quotations import find_quotations

# paragraphs: speaker of each quotation, in order
SPEAKERS: dict[str, list[str]] = {
    'A Peruvian foreign ministry spokesman denied it. "We have not had a single tent from there," he said.':
        ["organization/peruvian-ministry-of-foreign-affairs"],
    'Oxfam was blamed. That was denied by a spokeswoman for Oxfam. "We never asked for any of it," she said.':
        ["organization/oxfam"],
    'The minister, Ana Lund, said:\n\n"We will not forget what our neighbours did for us."': ["person/ana-lund"],
    'Dr Helena Marsh added:\n\n"I saw whole villages standing in water to the roofs."': ["person/helena-marsh"],
    '"The rice will be there by Monday morning," the statement quoted Karin Osei as saying.': ["person/karin-osei"],
    '"The rice will be there by Monday morning," Karin Osei was quoted as saying by UNICEF.': ["person/karin-osei"],
    '"I would be the first to put them to work," laughed Superintendent Kofi Brandt of the police.':
        ["person/kofi-brandt"],
    '"You smelled the camp before you saw it," recalls Jonas Vestby, a pilot.': ["person/jonas-vestby"],
    'Karin Osei denied the story. "Nobody asked us for anything," the spokeswoman said.': ["person/karin-osei"],
    'The Peruvian health ministry counted 40 dead. "We need doctors and nurses at once," the ministry said.':
        ["organization/peruvian-ministry-of-health"],
    '"We need doctors and nurses at once," a Red Cross official said in Lima.':
        ["organization/international-red-cross-and-red-crescent-movement"],
    '"The first tents left Oslo this morning," the Norwegian embassy said.': ["organization/norwegian-embassy"],
    'Tunde Farah works for the World Food Programme (WFP). "The road is cut in four places," Farah said.':
        ["person/tunde-farah"],
    '"The road is cut in four places," said WFP spokesman Tunde Farah. "We are using boats."':
        ["person/tunde-farah", "person/tunde-farah"],
    'Peter Holt, Oxfam\'s director in Chad, said: "Our stocks will last for another two weeks."': ["person/peter-holt"],
    '‘More rain is expected in the coming days,’ UNICEF spokesman Erik Lund said.': ["person/erik-lund"],
    '"We had to leave everything behind," said Wanjiru Holt, 34, who fled Juba.': ["person/wanjiru-holt"],
    'Mr Brandt said: "I have four thousand people and eleven tents."': ["person/brandt"],
    '"It was the worst night of my life," he said.': [],
    'They called it "the longest bridge in the whole of Africa".': [],
}  # fmt: skip


@pytest.mark.parametrize(("text", "speakers"), SPEAKERS.items())
def test_quotation_has_its_speaker(read: Any, text: str, speakers: list[str]) -> None:
    assert [quotation.speaker for quotation in find_quotations(read(text).scene)[0]] == speakers
