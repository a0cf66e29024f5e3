"""Who gives what to whom, by kind of wording: each kind in several voices, topics and decades.

The expectation of every sentence was written before the first run on it. The forms of one sentence and its
roles are tested in ``test_events.py``; here stand the wordings in which news tells of giving.
"""

from __future__ import annotations

from typing import Any

import pytest

# Each kind of wording with sentences that tell everything themselves, and the reports expected of each.
TOLD: dict[str, list[tuple[str, list[str]]]] = {
    "several givers": [
        ("Medicines were supplied to Biafra by Ireland and by Gabon.", ["gabon+ireland > biafra delivered"]),
        ("Two million doses were donated to Honduras by Spain as well as Portugal.",
         ["portugal+spain > honduras delivered"]),
        ("Sweden, along with Finland, sent pumps to Pakistan.", ["finland+sweden > pakistan dispatched"]),
        ("Belgium gave 300 tents to Albania, and so did Austria.",
         ["austria > albania delivered", "belgium > albania delivered"]),
        ("Belgium shipped blankets to Armenia, as did Hungary.",
         ["belgium > armenia dispatched", "hungary > armenia dispatched"]),
        ("Qatar and Oman each pledged $4 million to Lebanon.", ["oman+qatar > lebanon pledged"]),
        ("Canada promised Jamaica $2 million, and Mexico followed with $1 million.",
         ["canada > jamaica pledged", "mexico > jamaica pledged"]),
        ("Chile, joined by Argentina, flew 40 tonnes of food to Haiti.", ["argentina+chile > haiti delivered"]),
        ("Both Greece and Cyprus donated ambulances to Lebanon.", ["cyprus+greece > lebanon delivered"]),
        ("Not only Kuwait but also Bahrain sent generators to Syria.", ["bahrain+kuwait > syria dispatched"]),
        ("Vaccines were sent to Laos from China and from Russia.", ["china+russia > laos dispatched"]),
    ],
    "causatives and orders": [
        ("Canada asked its navy to ship flour to Haiti.", ["canada > haiti pledged"]),
        ("The president of Kenya ordered 20 army trucks of maize sent to Malawi.", ["kenya > malawi dispatched"]),
        ("Iceland had 15 tonnes of milk powder flown in to Sudan.", ["iceland > sudan delivered"]),
        ("Norway cancelled $60 million of Liberia's debt.", ["norway > liberia delivered"]),
        ("Japan wrote off the debts of Honduras after the hurricane.", ["japan > honduras delivered"]),
        ("Paris told its air force to drop food over Chad.", ["france > chad pledged"]),
    ],
    "people and goods as subjects": [
        ("Forty Hungarian doctors set out for Armenia on Friday.", ["hungary > armenia dispatched"]),
        ("A ship with 900 tonnes of Romanian wheat docked in Mogadishu.", ["romania > somalia delivered"]),
        ("Ten Polish lorries with blankets rolled across the border into Ukraine.", ["poland > ukraine delivered"]),
        ("A Belgian field hospital opened its doors in Tacloban, in the Philippines.",
         ["belgium > philippines delivered"]),
        ("Twelve Swiss engineers are to take over the water supply in Aleppo.", ["switzerland > syria pledged"]),
        ("Austrian paramedics treated 400 patients in Aceh, in Indonesia.", ["austria > indonesia delivered"]),
        ("Fifty Iranian rescuers were let into Armenia.", ["iran > armenia delivered"]),
        ("Medical teams from Jordan are at work in Yemen.", ["jordan > yemen delivered"]),
        ("Sixty tonnes of rice from Thailand were unloaded in Manila.", ["thailand > philippines delivered"]),
        ("Tents from Finland were handed over in Pristina, Kosovo.", ["finland > kosovo delivered"]),
        ("Thirty firefighters left Lisbon for Chile.", ["portugal > chile dispatched"]),
        ("Two Czech rescue teams touched down in Ankara.", ["czech-republic > turkey delivered"]),
        ("Three thousand tonnes of Bulgarian flour are on their way to Sudan.", ["bulgaria > sudan dispatched"]),
        ("German divers joined the search in Montenegro.", ["germany > montenegro delivered"]),
        ("A Norwegian hospital rose on a football field in Gonaives, in Haiti.", ["norway > haiti delivered"]),
        ("Relief goods from South Korea reached Nepal on Tuesday.", ["south-korea > nepal delivered"]),
        ("Turkish bakeries are feeding 20,000 people in Somalia.", ["turkey > somalia delivered"]),
    ],
    "copular lines": [
        ("Mongolia was the first to send tents to Kazakhstan.", ["mongolia > kazakhstan dispatched"]),
        ("Japan is the largest donor to Laos, with $30 million.", ["japan > laos delivered"]),
        ("Saudi Arabia tops the list of donors to Yemen with $500 million.", ["saudi-arabia > yemen delivered"]),
        ("France was among the countries that sent divers to Thailand.", ["france > thailand dispatched"]),
        ("From Ireland came $2 million for Malawi.", ["ireland > malawi delivered"]),
        ("From the World Bank $9 million can be expected for Tonga.", ["world-bank > tonga pledged"]),
        ("Of the $90 million for Nicaragua, $20 million is to come from Spain.", ["spain > nicaragua pledged"]),
        ("Seven million euros for Mali came from Italy, three million from Austria.",
         ["austria > mali delivered", "italy > mali delivered"]),
        ("Australia's $8 million for Vanuatu is on its way.", ["australia > vanuatu dispatched"]),
        ("The 40 nurses in Conakry, Guinea, are a gift of Morocco.", ["morocco > guinea delivered"]),
    ],
    "receivers": [
        ("Malawi took delivery of 2,000 tonnes of maize from Zambia.", ["zambia > malawi delivered"]),
        ("Grenada got 40 tonnes of food from Trinidad and Tobago.", ["trinidad-and-tobago > grenada delivered"]),
        ("Paraguay was given two ambulances by Taiwan.", ["taiwan > paraguay delivered"]),
        ("Togo owes 300,000 doses of vaccine to India.", ["india > togo delivered"]),
        ("Lebanon thanked Kuwait for the wheat.", ["kuwait > lebanon delivered"]),
        ("Guyana accepted an offer of 30 doctors from Cuba.", ["cuba > guyana pledged"]),
        ("Tajikistan benefited from a grant of $5 million from Japan.", ["japan > tajikistan delivered"]),
        ("Bhutan has had 10,000 test kits from South Korea.", ["south-korea > bhutan delivered"]),
        ("Nine hundred families in Chad are fed by the World Food Programme.",
         ["world-food-programme > chad delivered"]),
        ("Moldova welcomed 25 generators from Romania.", ["romania > moldova delivered"]),
    ],
    "nouns": [
        ("A donation of $3 million by Oman to Zanzibar, in Tanzania, was announced.", ["oman > tanzania pledged"]),
        ("The arrival of 60 Mexican divers in Guatemala brings hope.", ["mexico > guatemala delivered"]),
        ("A grant of 4 million euros from Germany to Niger was signed.", ["germany > niger pledged"]),
        ("Egypt's airlift of medicines to Sudan began on Monday.", ["egypt > sudan dispatched"]),
        ("The dispatch of two hospital ships by Indonesia to the Philippines was approved.",
         ["indonesia > philippines pledged"]),
        ("Britain's pledge of £20 million to Ethiopia was praised.", ["united-kingdom > ethiopia pledged"]),
        ("A shipment of 5,000 tents from Pakistan has reached Syria.", ["pakistan > syria delivered"]),
        ("Chinese aid to Zimbabwe includes 10,000 tonnes of maize.", ["china > zimbabwe delivered"]),
        ("Iceland's offer of a rescue team to Nepal was accepted.", ["iceland > nepal pledged"]),
        ("An aid package of $7 million for Sri Lanka was unveiled by Australia.", ["australia > sri-lanka pledged"]),
        ("US assistance to Ghana now exceeds $40 million.", ["united-states > ghana delivered"]),
        ("The contribution brings Sweden's total for Yemen to $50 million.", ["sweden > yemen delivered"]),
    ],
    "passives": [
        ("Rice was rushed to Cambodia from Vietnam.", ["vietnam > cambodia dispatched"]),
        ("Water is being handed out by Kenyan soldiers in Juba.", ["kenya > south-sudan delivered"]),
        ("Ten million pounds was allocated to Pakistan by the British government.",
         ["united-kingdom > pakistan pledged"]),
        ("The camp in Jordan was set up by Norway.", ["norway > jordan delivered"]),
        ("Two million kroner will be drawn by Denmark from a reserve for Fiji.", ["denmark > fiji pledged"]),
        ("The wounded from Libya were flown out by Malta.", ["malta > libya delivered"]),
    ],
    "relative clauses": [
        ("Gavi, to which Norway pledged $60 million, buys vaccines for poor children.", ["norway > gavi pledged"]),
        ("The ministers thanked Cuba, whose doctors treated patients in Sierra Leone.",
         ["cuba > sierra-leone delivered"]),
        ("The trucks, which Japan had promised to Nepal, never left the port.",
         ["japan > nepal dispatched denied", "japan > nepal pledged"]),
        ("The clinic in Kabul, for which Sweden had given $2 million, stands empty.",
         ["sweden > afghanistan delivered"]),
        ("Armenia, where Cuban surgeons worked for months, has not forgotten.", ["cuba > armenia delivered"]),
    ],
    "requests": [
        ("Malawi launched an appeal for $70 million.", ["- > malawi requested"]),
        ("Ghana turned to Morocco for help with tents.", ["morocco > ghana requested"]),
        ("Ethiopia begged the League of Nations for gas masks.", ["league-of-nations > ethiopia requested"]),
        ("Somalia asked donors for $40 million.", ["- > somalia requested"]),
        ("Tonga called on Australia to provide water.", ["australia > tonga requested"]),
        ("Bolivia sought medicines from Brazil.", ["brazil > bolivia requested"]),
        ("Nicaragua has asked for 200 doctors.", ["- > nicaragua requested"]),
        ("An appeal for $9 million for Madagascar was launched by UNICEF.", ["- > madagascar requested"]),
        ("The Red Cross has appealed for 8 million Swiss francs for Mongolia.", ["- > mongolia requested"]),
    ],
    "offers": [
        ("Israel stands ready to send water experts to Iran.", ["israel > iran pledged"]),
        ("Iran turned down a field hospital offered by Israel.", ["israel > iran pledged"]),
        ("Cuba had offered the United States 1,500 doctors.", ["cuba > united-states pledged"]),
        ("Greek divers were offered to Turkey.", ["greece > turkey pledged"]),
        ("North Korea undertook to deliver cement to South Korea.", ["north-korea > south-korea pledged"]),
    ],
    "funds": [
        ("The United Nations released $10 million from its emergency fund for Mozambique.",
         ["united-nations > mozambique delivered"]),
        ("The European Union topped up its help for Sudan with 20 million euros.", ["european-union > sudan pledged"]),
        ("Germany doubled its aid to Iraq to 50 million euros.", ["germany > iraq pledged"]),
        ("Luxembourg brought its contribution to Laos to 4 million euros.", ["luxembourg > laos pledged"]),
        ("The Netherlands has so far spent 12 million guilders on Suriname.", ["netherlands > suriname delivered"]),
        ("The World Bank set aside $30 million for Haiti.", ["world-bank > haiti pledged"]),
        ("Tokyo put 500 million yen at the disposal of Mongolia.", ["japan > mongolia pledged"]),
        ("Spain made 2 million euros available to Ecuador.", ["spain > ecuador pledged"]),
        ("Kuwait has paid for 40 wells in Niger.", ["kuwait > niger delivered"]),
        ("South Africa financed 600 houses in Mozambique.", ["south-africa > mozambique delivered"]),
    ],
    "services": [
        ("Brazil rebuilt a bridge in Paraguay after the flood.", ["brazil > paraguay delivered"]),
        ("Danish ships evacuated 300 patients from Lebanon.", ["denmark > lebanon delivered"]),
        ("Doctors Without Borders ran a clinic in Yemen.", ["medecins-sans-frontieres > yemen delivered"]),
        ("UNICEF vaccinated 90,000 children in Chad.", ["unicef > chad delivered"]),
        ("The French navy rescued 60 fishermen of Madagascar.", ["france > madagascar delivered"]),
        ("Israel set up a field hospital in Nepal.", ["israel > nepal delivered"]),
        ("Soup kitchens of the Salvation Army serve 4,000 meals a day in Haiti.", ["salvation-army > haiti delivered"]),
        ("Swedish engineers have restored the power supply in Beirut.", ["sweden > lebanon delivered"]),
    ],
    "no giving": [
        ("The embassy helped Danish tourists in Nepal to get home.", []),
        ("Chile sells copper to China and gets machines in return.", []),
        ("Serbia bought two million doses from Russia.", []),
        ("The appeal for Yemen is short of $90 million.", []),
        ("Spain lent Argentina striker Ruiz to Chile for the season.", []),
        ("Bolivia handed out blankets in La Paz.", []),
        ("Germany sent tanks and ammunition to Ukraine.", []),
        ("The ambassador of Peru arrived in Chile.", []),
        ("Ghana took out a loan of $90 million on the market.", []),
        ("A court gave the men from Mali legal aid in France.", []),
        ("Refugees from Syria arrived in Jordan.", []),
        ("Two hundred people from Haiti reached Florida by boat.", []),
        ("France came to Peru to win the final.", []),
        ("Patients from Gaza fear that hospitals will close.", []),
    ],
}  # fmt: skip
# A second set, written after the rules for the first and before they had been run on it.
LATER: dict[str, list[tuple[str, list[str]]]] = {
    "several givers": [
        ("Money for Tuvalu came from Japan ($3 million), Fiji ($1 million) and Samoa ($200,000).",
         ["fiji > tuvalu delivered", "japan > tuvalu delivered", "samoa > tuvalu delivered"]),
        ("Ghana gave Togo 200 beds; Benin, mattresses; and Mali sent salt.",
         ["benin > togo delivered", "ghana > togo delivered", "mali > togo dispatched"]),
        ("Fruit was shipped to Cyprus by Malta, rice by Egypt.",
         ["egypt > cyprus dispatched", "malta > cyprus dispatched"]),
        ("Tents arrived in Iran from Turkey, blankets from Kuwait.",
         ["kuwait > iran delivered", "turkey > iran delivered"]),
    ],
    "people and goods as subjects": [
        ("Ten tonnes of cheese are due in Tirana from Denmark.", ["denmark > albania pledged"]),
        ("Ninety Peruvian miners are already at work in Haiti.", ["peru > haiti delivered"]),
        ("Two hospital trains from Hungary rolled into Bucharest, Romania, in 1977.", ["hungary > romania delivered"]),
        ("Canadian water bombers are fighting the fires in Greece.", ["canada > greece delivered"]),
        ("A Swedish surgeon who had come home from Ghana was ill.", []),
        ("The first Mexican lorries crossed into Guatemala at dawn.", ["mexico > guatemala delivered"]),
        ("Five tonnes of Irish butter left Cork for Belgium in 1917.", ["ireland > belgium dispatched"]),
    ],
    "who has somebody at work": [
        ("Greece has 80 divers at work in Izmir, Turkey.", ["greece > turkey delivered"]),
        ("It was Cuba that sent doctors to Haiti first.", ["cuba > haiti dispatched"]),
        ("Norway came forward with an offer of 40 beds for Malawi.", ["norway > malawi pledged"]),
        ("Japan has raised its offer to Peru from 2 million dollars to 5 million dollars.", ["japan > peru pledged"]),
        ("India flew 40 tonnes of medicine, which Delhi paid for, to the Maldives.", ["india > maldives delivered"]),
        ("Tents from Spain were handed to UNICEF for families in Haiti.", ["spain > haiti delivered"]),
        ("France put two frigates at the disposal of Mozambique.", ["france > mozambique pledged"]),
    ],
    "receivers and requests": [
        ("Sudan has received wheat from Canada and sugar from Egypt.",
         ["canada > sudan delivered", "egypt > sudan delivered"]),
        ("Colombia urged Brazil to lend it ten helicopters.", ["brazil > colombia requested"]),
        ("In 1921 the Volga provinces were fed by the Quakers.", ["religious-society-of-friends > russia delivered"]),
        ("The call by Samoa to New Zealand to send nurses was heard.", ["new-zealand > samoa requested"]),
        ("UNHCR is seeking $30 million for Niger.", ["- > niger requested"]),
        ("Nepal is grateful to Bhutan for the blankets.", ["bhutan > nepal delivered"]),
        ("Fiji asked doctors to stay at their posts.", []),
        ("Vanuatu awaits 20 tonnes of food from Australia.", []),
    ],
    "funds and debt": [
        ("The Czech parliament approved 90 million crowns for Ukraine.", ["czech-republic > ukraine pledged"]),
        ("A further $8 million was released for Chad by the United Nations.", ["united-nations > chad delivered"]),
        ("Qatar footed the bill for 300 houses in Gaza.", ["qatar > palestine delivered"]),
        ("Oxfam collected 2 million pounds for Cambodia in 1979.", ["oxfam > cambodia delivered"]),
    ],
    "no giving": [
        ("Denmark raised taxes to 40 per cent.", []),
        ("The team from Chile arrived in Lima for the semi-final.", []),
        ("Peru added two tents to the camp in Ica.", []),
        ("The minister added that 40 doctors had died in Peru.", []),
        ("Ecuador rejected a resolution by Bolivia.", []),
        ("Thousands of families left Haiti for the Dominican Republic.", []),
        ("The storm reached Cuba with winds of 200 kilometres an hour.", []),
        ("Spain beat Norway with two goals.", []),
    ],
}  # fmt: skip
# Lines without a verb, under a heading that says what they tell.
LINES: list[tuple[str, str, list[str]]] = [
    ("Donations so far:", "• Italy: 12 trucks and 300 tents for Albania", ["italy > albania delivered"]),
    ("Donations so far:", "• US$6 million from Denmark for Somalia", ["denmark > somalia delivered"]),
    ("Pledges so far:", "• Ireland – 40 tonnes of blankets to Bosnia", ["ireland > bosnia-and-herzegovina pledged"]),
]
# Sentences that the rules do not read yet: what is expected, and why they fail.
UNREAD: list[tuple[str, list[str], str]] = [
    ("Fifty million dollars was voted by Congress for Greece.", ["united-states > greece pledged"],
     "whose Congress it is, is not told"),
    ("Peru praised Bolivia, from which 30 tonnes of potatoes had come.", ["bolivia > peru delivered"],
     "who praises is not seen to be who was helped"),
    ("At the request of Greece, 30 planes were asked for from Romania.", ["romania > greece requested"],
     "a passive that leaves its preposition behind"),
    ("Denmark sent 20 nurses to Liberia, and Norway followed suit.",
     ["denmark > liberia dispatched", "norway > liberia dispatched"], "the parse joins Norway to Liberia"),
    ("Croatia and Slovenia lent Bosnia four and two pumps, respectively.",
     ["croatia > bosnia-and-herzegovina delivered", "slovenia > bosnia-and-herzegovina delivered"],
     "what is given is told once, in the second number only"),
    ("Estonia donated stoves to Ukraine and Latvia did the same.",
     ["estonia > ukraine delivered", "latvia > ukraine delivered"],
     "the parse joins Latvia to Ukraine"),
    ("Polish miners were flown to Skopje, in Yugoslavia, to dig.", ["poland > yugoslavia delivered"],
     "a town is linked to the state of today"),
    ("Berlin forgave the 30 million marks that Ghana owed.", ["germany > ghana delivered"],
     "the debt is told by a relative clause"),
    ("Pope Benedict XV gave 500,000 lire to Russia in 1921.", ["holy-see > russia delivered"],
     "a pope is not seen to act for his state"),
]  # fmt: skip
# The headline tells who is helped: kinds of wording that leave it out.
HEADLINE = "Hundreds killed as earthquake hits Nepal"
LEFT_OUT: dict[str, list[tuple[str, list[str]]]] = {
    "the receiver is told by the headline": [
        ("India sent three planes with tents, and so did Bhutan.",
         ["bhutan > nepal dispatched", "india > nepal dispatched"]),
        ("Two Dutch rescue teams are on their way.", ["netherlands > nepal dispatched"]),
        ("Singapore's contribution is 55 policemen.", ["singapore > nepal delivered"]),
        ("Blankets came from Bangladesh, water from Pakistan.",
         ["bangladesh > nepal delivered", "pakistan > nepal delivered"]),
        ("Help has come from Poland, too: 80 firefighters with 12 dogs.", ["poland > nepal delivered"]),
        ("Tokyo matched that with $8 million.", ["japan > nepal pledged"]),
        ("A Spanish hospital with 60 beds has been working since Sunday.", ["spain > nepal delivered"]),
        ("UNICEF distributed 30,000 blankets and the World Food Programme 80 tonnes of biscuits.",
         ["unicef > nepal delivered", "world-food-programme > nepal delivered"]),
        ("Another $5 million was promised by Sri Lanka, $1 million by the Maldives.",
         ["maldives > nepal pledged", "sri-lanka > nepal pledged"]),
        ("Thai soldiers are clearing the roads.", ["thailand > nepal delivered"]),
        ("Israelis, 240 of them, landed on Tuesday with 95 tonnes of equipment.", ["israel > nepal delivered"]),
        ("“We have asked for helicopters,” the Nepalese home minister said.", ["- > nepal requested"]),
        ("Malaysian, Turkish and Russian teams joined the search.", ["malaysia+russia+turkey > nepal delivered"]),
        ("Among those who sent doctors were Cuba and Belgium.", ["belgium+cuba > nepal dispatched"]),
        ("A further 20 tonnes of food was flown in by the Belgian air force.", ["belgium > nepal delivered"]),
        ("Two million francs was collected in Switzerland.", ["switzerland > nepal delivered"]),
        ("Austria has granted one million euros.", ["austria > nepal delivered"]),
    ],
}  # fmt: skip


def _rows(kinds: dict[str, list[tuple[str, list[str]]]]) -> list[Any]:
    return [pytest.param(text, facts, id=f"{kind}: {text}") for kind, cases in kinds.items() for text, facts in cases]


@pytest.mark.parametrize(("text", "facts"), _rows(TOLD) + _rows(LATER))
def test_wording_tells_who_gives_and_who_gets(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {text}").facts == sorted(facts)


@pytest.mark.parametrize(("text", "facts"), _rows(LEFT_OUT))
def test_wording_leaves_the_receiver_to_the_headline(read: Any, text: str, facts: list[str]) -> None:
    assert read(text, headline=HEADLINE).facts == sorted(facts)


@pytest.mark.parametrize(("heading", "line", "facts"), LINES)
def test_line_of_a_list_tells_its_giving(read: Any, heading: str, line: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {heading}\n\n{line}").facts == facts


@pytest.mark.parametrize("line", ["• Italy: 12 trucks and 300 tents", "• US$6 million from Denmark"])
def test_line_of_a_list_of_losses_tells_no_giving(read: Any, line: str) -> None:
    assert read(f"Losses in the flood:\n\n{line}").facts == []


@pytest.mark.parametrize(
    ("text", "facts"),
    [pytest.param(text, facts, marks=pytest.mark.xfail(reason=why), id=text) for text, facts, why in UNREAD],
)
def test_wording_that_is_not_read_yet(read: Any, text: str, facts: list[str]) -> None:
    assert read(f"The survivors wait. {text}").facts == sorted(facts)
