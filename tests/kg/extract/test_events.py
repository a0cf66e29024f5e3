"""Reports of giving from small made-up documents: who gave whom how far, by the form of the sentence."""

from __future__ import annotations

from typing import Any

import pytest

# What each group of forms is about; its sentences; the reports expected of each, in one line a report.
FORMS: dict[str, list[tuple[str, list[str]]]] = {
    "goods told of several": [
        ("A plane carrying 20 tonnes of Japanese medicines landed in Manila.", ["japan > philippines delivered"]),
        ("Norway gave $2 million to Yemen, Denmark one million and Finland 500,000 euros.",
         ["denmark > yemen delivered", "finland > yemen delivered", "norway > yemen delivered"]),
        ("Brazil sent 100 tents to Haiti and Mexico 60 nurses.",
         ["brazil > haiti dispatched", "mexico > haiti dispatched"]),
        ("Haiti got help at once: Brazil sent 100 tents and Mexico 60 nurses.",
         ["brazil > haiti dispatched", "mexico > haiti dispatched"]),
        ("As prices rose in the markets, Peru sent maize to Bolivia.", ["peru > bolivia dispatched"]),
    ],
    "active": [
        ("Portugal sent two helicopters to Mozambique.", ["portugal > mozambique dispatched"]),
        ("Peru donated 500 tents to Chile after the earthquake.", ["peru > chile delivered"]),
        ("Morocco gave Yemen 40 tonnes of rice.", ["morocco > yemen delivered"]),
        ("Japan has provided water pumps and blankets to the Philippines.", ["japan > philippines delivered"]),
        ("Norway helped Bangladesh with 200 doctors.", ["norway > bangladesh delivered"]),
        ("Sweden and Finland shipped medicines to Biafra.", ["finland+sweden > biafra dispatched"]),
        ("Tunisia flew blankets to Libya and Mali.", ["tunisia > libya+mali delivered"]),
        ("Egypt is sending ten ambulances to Yemen.", ["egypt > yemen dispatched"]),
        ("Brazil came to the aid of Paraguay.", ["brazil > paraguay delivered"]),
        ("Peru sent water tanks and fuel to Chile.", ["peru > chile dispatched"]),
        ("Doctors Without Borders sent 30 nurses to Yemen.", ["medecins-sans-frontieres > yemen dispatched"]),
    ],
    "passive": [
        ("Two helicopters were sent to Mozambique by Portugal.", ["portugal > mozambique dispatched"]),
        ("Chile was given 500 tents by Peru.", ["peru > chile delivered"]),
        ("Forty tonnes of rice have been donated by Morocco to Yemen.", ["morocco > yemen delivered"]),
        ("Mozambique was helped by Portugal.", ["portugal > mozambique delivered"]),
        ("Danish engineers were dispatched to Ghana.", ["denmark > ghana dispatched"]),
    ],
    "control": [
        ("The king ordered the Moroccan army to send tents to Senegal.", ["morocco > senegal dispatched"]),
        ("Spain decided to send a field hospital to Ecuador.", ["spain > ecuador pledged"]),
        ("Kenya managed to deliver maize to Malawi.", ["kenya > malawi delivered"]),
    ],
    "participles": [
        ("Thailand helped Laos by sending 50 boats.", ["thailand > laos delivered"]),
        ("Aid sent by Turkey reached Somalia on Sunday.", ["turkey > somalia delivered"]),
        ("Vietnam joined the effort, donating 3,000 tonnes of rice to Cuba.", ["vietnam > cuba delivered"]),
    ],
    "relative clauses": [
        ("Argentina, which sent 60 rescuers to Chile, has had earthquakes too.", ["argentina > chile dispatched"]),
        ("The tents that Poland gave to Georgia were warm.", ["poland > georgia delivered"]),
        ("The ministers thanked Cuba, whose doctors treated patients in Sierra Leone.",
         ["cuba > sierra-leone delivered"]),
        ("Greece praised the firefighters who had been sent to Athens by Cyprus.", ["cyprus > greece dispatched"]),
    ],
    "nouns": [
        ("The donation of 2,000 tents by Kuwait to Jordan was welcome.", ["kuwait > jordan delivered"]),
        ("A shipment of wheat from Uruguay to Cuba left the port.", ["uruguay > cuba dispatched"]),
        ("Yemen's appeal for vaccines was heard.", ["- > yemen requested"]),
    ],
    "receiver as subject": [
        ("Chile received 500 tents from Peru.", ["peru > chile delivered"]),
        ("Honduras took delivery of 5,000 doses from El Salvador.", ["el-salvador > honduras delivered"]),
        ("Mozambique thanked Portugal for its helicopters.", ["portugal > mozambique delivered"]),
        ("Yemen has accepted medicines from Oman.", ["oman > yemen delivered"]),
    ],
    "requests": [
        ("Mozambique appealed to South Africa for helicopters.", ["south-africa > mozambique requested"]),
        ("Yemen asked Egypt for medicines.", ["egypt > yemen requested"]),
        ("The Philippines called for tents and food.", ["- > philippines requested"]),
    ],
    "verb left out": [
        ("Norway gave $2 million to Yemen, while Denmark gave tents and Finland 500,000 euros.",
         ["denmark > yemen delivered", "finland > yemen delivered", "norway > yemen delivered"]),
        ("To Haiti Brazil sent 100 tents, Mexico 60 nurses.",
         ["brazil > haiti dispatched", "mexico > haiti dispatched"]),
    ],
    "shared out": [
        ("India gave 100 tents to Nepal, 50 to Bhutan and 20 to Sri Lanka.",
         ["india > bhutan delivered", "india > nepal delivered", "india > sri-lanka delivered"]),
        ("China donated 300,000 doses to Laos and 100,000 to Fiji.",
         ["china > fiji delivered", "china > laos delivered"]),
    ],
    "tense": [
        ("Portugal is to send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal will send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal plans to send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal has promised to send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal said it would send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal is ready to send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal pledged two helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Portugal is going to send helicopters to Mozambique.", ["portugal > mozambique pledged"]),
        ("Helicopters will be sent to Mozambique by Portugal.", ["portugal > mozambique pledged"]),
        ("Portugal had sent helicopters to Mozambique.", ["portugal > mozambique dispatched"]),
        ("Portugal has been sending helicopters to Mozambique.", ["portugal > mozambique dispatched"]),
        ("A Portuguese ship with helicopters arrived in Mozambique.", ["portugal > mozambique delivered"]),
        ("Portuguese helicopters are on their way to Mozambique.", ["portugal > mozambique dispatched"]),
        ("Portugal earmarked 3 million euros for Mozambique.", ["portugal > mozambique pledged"]),
    ],
    "imagined": [
        ("Oman may send medicines to Yemen.", ["oman > yemen pledged hypothetical"]),
        ("Oman could send medicines to Yemen.", ["oman > yemen pledged hypothetical"]),
        ("Oman would send medicines to Yemen if the port were open.", ["oman > yemen pledged hypothetical"]),
        ("If Oman sends medicines to Yemen, children will live.", ["oman > yemen pledged hypothetical"]),
        ("Medicines might be sent to Yemen by Oman.", ["oman > yemen pledged hypothetical"]),
        ("Unless Oman sends medicines to Yemen, more people will fall ill.", ["oman > yemen pledged hypothetical"]),
    ],
    "denied": [
        ("Oman denied having sent medicines to Yemen.", ["oman > yemen dispatched denied"]),
        ("Oman did not send medicines to Yemen.", ["oman > yemen dispatched denied"]),
        ("Oman has never sent medicines to Yemen.", ["oman > yemen dispatched denied"]),
        ("Oman refused to help Yemen.", ["oman > yemen delivered denied"]),
        ("Oman failed to send medicines to Yemen.", ["oman > yemen dispatched denied"]),
        ("No tents were sent to Chile by Bolivia.", ["bolivia > chile dispatched denied"]),
        ("Bolivia denied that it had given tents to Chile.", ["bolivia > chile delivered denied"]),
    ],
    "denied twice": [
        ("Peru did not hesitate to send tents to Chile.", ["peru > chile dispatched"]),
        ("Peru did not refuse to send tents to Chile.", ["peru > chile dispatched"]),
    ],
    "not told as fact": [
        ("Did Peru send tents to Chile?", []),
        ("Critics accused Peru of sending tents to Chile.", []),
        ("Why has Oman sent no medicines to Yemen?", []),
        ("Observers wondered whether Oman had sent medicines to Yemen.",
         ["oman > yemen pledged hypothetical"]),
    ],
    "no giving": [
        ("Chile bought 500 tents from Peru.", []),
        ("Peru sold 20 ambulances to Chile.", []),
        ("Russia delivered fighter jets to Algeria.", []),
        ("France supplied weapons to Nigeria during the war.", []),
        ("The Mozambican government gave tents to people in Beira.", []),
        ("Chile sent 600 soldiers to Concepción after the earthquake.", []),
        ("Santiago will play against Lima on Sunday.", []),
        ("The lawyer gave legal aid to tenants in Denver.", []),
        ("Denmark exported 40,000 tonnes of butter to Japan.", []),
        ("Peru beat Chile 2-0 in Lima.", []),
        ("Colombia sent its ambassador to Ecuador.", []),
    ],
    "who acts for whom": [
        ("Lisbon sent two helicopters to Mozambique.", ["portugal > mozambique dispatched"]),
        ("The White House pledged $3 million for Yemen.", ["united-states > yemen pledged"]),
        ("The Portuguese air force flew tents to Mozambique.", ["portugal > mozambique delivered"]),
        ("Danish President Karen Holm offered Ghana 50 tents.", ["denmark > ghana pledged"]),
        ("The Ministry of Health of Peru sent nurses to Chile.", ["peru > chile dispatched"]),
        ("Portugal's foreign minister, Rui Matos, announced a grant of 2 million euros for Mozambique.",
         ["portugal > mozambique pledged"]),
        ("Portuguese divers searched for survivors in Mozambique.", ["portugal > mozambique delivered"]),
        ("Tehran gave medicines to Damascus.", ["iran > syria delivered"]),
        ("A team from Hungary arrived in Turkey.", ["hungary > turkey delivered"]),
    ],
    "unnamed": [
        ("Several countries sent rescue teams to Chile.", ["several-countries > chile dispatched"]),
        ("Peru sent tents to neighbouring countries.", ["peru > neighbouring-countries dispatched"]),
    ],
}  # fmt: skip


RELIEF = "The survivors wait."
"""Says that what follows is relief: goods also change hands in trade."""


def _rows(forms: dict[str, list[tuple[str, list[str]]]]) -> list[Any]:
    return [pytest.param(text, facts, id=f"{form}: {text}") for form, cases in forms.items() for text, facts in cases]


@pytest.mark.parametrize(("text", "facts"), _rows(FORMS))
def test_sentence_tells_its_givings(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"{RELIEF} {text}").facts == sorted(facts)


@pytest.mark.parametrize(
    "text", ["Peru sent two helicopters to Chile.", "Peru delivered wheat to Chile.", "Peru sent tents to Chile."]
)
def test_goods_change_hands_without_a_word_of_relief(read: Any, text: str) -> None:
    assert read(text).facts == []
