"""Which entities made-up sentences name, from the parse to the link: each table is one kind of wording.

The expectations were written before the first run; 69 of the first 78 sentences were right in it.
"""

from __future__ import annotations

from typing import Any

import pytest

# text: keys of all entities that it names, crises included, sorted
PERSONS: dict[str, str] = {
    "Karin Osei, head of the Oxfam team in Lomé, left.": "organization/oxfam person/karin-osei place/lome",
    '"We need tents," said WFP spokesman Tunde Farah.': "organization/world-food-programme person/tunde-farah",
    "The tents were late, Dr Ana Lund said.": "person/ana-lund",
    "Superintendent Kofi Brandt met Captain Lena Moyo.": "person/kofi-brandt person/lena-moyo",
    "Mr Okonjo thanked Norway.": "country/norway person/okonjo",
    "Petty Officer Luis Varga flew to Nepal.": "country/nepal person/luis-varga",
    "Zhou Lin spoke in Lima. Zhou promised tents.": "person/zhou-lin place/lima",
    "Wanjiru Holt, 34, lost two goats in Kenya.": "country/kenya person/wanjiru-holt",
    "President Macron sent two planes to Haiti.": "country/haiti person/emmanuel-macron",
    "The Trump administration gave $5 million to Peru.": "country/peru person/donald-trump",
    "Foreign Minister Erik Vestby thanked Chile.": "country/chile person/erik-vestby",
    "Ambassador Helga Marsh handed over the rice in Accra.": "person/helga-marsh place/accra",
    '"It rains," recalls Jonas Vestby, a pilot.': "person/jonas-vestby",
    "Aid chief Olu Bakare and Irena Holt met.": "person/irena-holt person/olu-bakare",
    "Commissioner for Crisis Management Irena Holt said help was on its way.": "person/irena-holt",
}
PLACES: dict[str, str] = {
    "Families fled to Bor district in South Sudan.": "country/south-sudan place/bor",
    "Tents went to Aceh province in Indonesia.": "country/indonesia place/aceh",
    "Rice was sent to Niger State in Nigeria.": "country/nigeria place/niger",
    "Roads in Kunar Province, Afghanistan, are cut.": "country/afghanistan place/kunar",
    "The planes landed at Nairobi airport.": "place/nairobi",
    "Water rose in the villages of Kapo and Lindi Ndogo in Malawi.": "country/malawi place/kapo place/lindi-ndogo",
    "The Mekong River rose near Kratié in Cambodia.": "country/cambodia place/kratie place/mekong",
    "Houses fell across eastern Nepal.": "country/nepal",
    "The road to Northern Kenya is cut.": "country/kenya",
    "Refugees live in Nyawiru camp in Tanzania.": "country/tanzania place/nyawiru",
    "The island of Tokuri in Fiji was struck.": "country/fiji place/tokuri",
    "In Melwa, Sudan, the wells are dry.": "country/sudan place/melwa",
    "He drove through Kogi and Benue States in Nigeria.": "country/nigeria place/benue place/kogi",
    "Ships left Port Sudan for Yemen.": "country/yemen place/port-sudan",
    "The border crossing at Torkham, Pakistan, is open.": "country/pakistan place/torkham",
    "Georgia asked Armenia for tents.": "country/armenia country/georgia",
}
BODIES: dict[str, str] = {
    "The Norwegian Refugee Council (NRC) came. NRC gave tents.": "organization/norwegian-refugee-council",
    "The Kwale Wells Foundation (KWF) dug. Later KWF left.": "organization/kwale-wells-foundation",
    "Mali's Civil Relief Commission (CRC) met. The CRC asked for rice.":
        "country/mali organization/civil-relief-commission",
    "The Peruvian health ministry counted the dead.": "organization/peruvian-ministry-of-health",
    "Peru's foreign ministry thanked Chile.":
        "country/chile country/peru organization/peruvian-ministry-of-foreign-affairs",
    "The Chinese Embassy in Lima gave masks.": "organization/chinese-embassy place/lima",
    "The Ghanaian Red Cross sent blankets.": "organization/ghana-red-cross",
    "The Egyptian Red Crescent Society sent blankets.": "organization/egyptian-red-crescent",
    "Britain's Royal Air Force flew to Malta.": "country/malta country/united-kingdom organization/royal-air-force",
    "The UN refugee agency sent tents to Chad.":
        "country/chad organization/united-nations-high-commissioner-for-refugees",
    "The Government of Canada gave $2 million.": "country/canada",
    "The British Government gave £2 million.": "country/united-kingdom",
    "Médecins Sans Frontières works in Aden.": "organization/medecins-sans-frontieres place/aden",
    "The US State Department thanked Cuba.": "country/cuba organization/united-states-department-of-state",
    "The Logistics Cluster met in Juba.": "organization/logistics-cluster place/juba",
    "The Kenya Flood Coalition asked for boats.": "organization/kenya-flood-coalition",
    "The Save Lamu Network gave rice.": "organization/save-lamu-network",
    "The Brazilian Air Force landed in Quito.": "organization/brazilian-air-force place/quito",
    "The International Organization for Migration (IOM) counted them.":
        "organization/international-organization-for-migration",
    "The US Agency for International Development (USAID) paid.":
        "organization/united-states-agency-for-international-development",
    "Islamic Relief and Caritas gave rice.": "organization/caritas-internationalis organization/islamic-relief",
    "In Togo the National Disaster Management Authority (NDMA) met.":
        "country/togo organization/national-disaster-management-authority",
}
CRISES: dict[str, str] = {
    "Tropical Cyclone Nalani struck Fiji. Nalani killed 12.": "country/fiji crisis/cyclone-nalani-2018",
    "Super Typhoon Bituin hit the Philippines.": "country/philippines crisis/typhoon-bituin-2018",
    "Hurricane Zelda flattened homes in Belize.": "country/belize crisis/hurricane-zelda-2018",
    "Tropical Storm Quentin flooded Honduras.": "country/honduras crisis/tropical-storm-quentin-2018",
    "The cyclone Mirabel left Madagascar.": "country/madagascar crisis/cyclone-mirabel-2018",
    "Hurricane Maria struck Dominica in 2017.": "country/dominica crisis/hurricane-maria",
    "Typhoon Haiyan of 2013 killed thousands.": "crisis/typhoon-haiyan",
    "The 2010 Haiti earthquake is not forgotten.": "crisis/2010-haiti-earthquake",
}
NOTHING: dict[str, str] = {
    "HMS Kestrel sailed for Haiti.": "country/haiti",
    "The aircraft carrier Franklin Pierce reached Japan.": "country/japan",
    "USNS Merrow carried 400 tents to Samoa.": "country/samoa",
    "INS Sagara left Kochi.": "place/kochi",
    "His flagship, the Indiana, lay off Chile.": "country/chile",
    "Two C-130 Hercules landed in Lima.": "place/lima",
    "An Il-76 and an A400M flew to Mali.": "country/mali",
    "KEY FIGURES\n\nIn Chad 20 people died.": "country/chad",
    "Needs Remain Acute\n\nIn Chad 20 people died.": "country/chad",
    "The Emergency Appeal for Peru is open.": "country/peru",
    "The Defence Minister of Chile thanked Peru.": "country/chile country/peru",
    "The Minister for Rural Affairs left Peru.": "country/peru",
    "All Member States sent tents to Chad.": "country/chad",
    "A US military plane landed in Lima.": "country/united-states place/lima",
    "He asked on WhatsApp for rice in Mali.": "country/mali",
    "The Landing Craft Utility (LCU) left Malta.": "country/malta",
    "Peru got CHF 40,000 and EUR 3 million.": "country/peru",
}
MORE: dict[str, str] = {
    "Chief Cabinet Secretary Kenji Mori spoke in Oslo.": "person/kenji-mori place/oslo",
    "The Tongan Red Cross gave water.": "organization/tonga-red-cross",
    "Help came from Southern Sudan's town of Torit.": "country/sudan place/torit",
    "Roads in the Sofala and Zambezia provinces of Mozambique are cut.":
        "country/mozambique place/sofala place/zambezia",
    "The Philippine Coast Guard reached Samar.": "organization/philippine-coast-guard place/samar",
    "Deputy Prime Minister Anna Weiss called Lesotho.": "country/lesotho person/anna-weiss",
    "The hospital ship Ark Royal II left Genoa.": "place/genoa",
    "The Swiss embassy in Dhaka gave tents.": "organization/swiss-embassy place/dhaka",
    "The European Commission and Caritas Kenya paid.":
        "country/kenya organization/caritas-internationalis organization/european-commission",
    "Colonel Musa Danjuma commands the camp near Jos.": "person/musa-danjuma place/jos",
    "The Kremlin said Sergei Orlov would fly to Aden.": "organization/kremlin person/sergei-orlov place/aden",
}

ALL = {**PERSONS, **PLACES, **BODIES, **CRISES, **NOTHING, **MORE}


@pytest.mark.xfail(reason="the recogniser runs person and body together, and takes the other person for a building")
def test_person_of_a_body_is_told_from_it(read: Any) -> None:
    found = read("Oxfam's Jonas Vestby and Wanjiru Holt of CARE met in Juba.").links
    assert {"person/jonas-vestby", "person/wanjiru-holt"} <= {one.entity.key for one in found}


@pytest.mark.parametrize(("text", "keys"), ALL.items())
def test_sentence_names_its_entities(read: Any, text: str, keys: str) -> None:
    assert sorted({found.entity.key for found in read(text).links}) == sorted(keys.split())
