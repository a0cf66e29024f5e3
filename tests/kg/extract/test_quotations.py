"""Direct quotations and their speakers, through the pinned model."""

from __future__ import annotations

import pytest

from kg.extract.nlp import Paragraph, parse
from kg.extract.quotations import find_quotations
from kg.extract.scene import Form, Ref, Scene
from kg.records import Article, Block, Entity, EntityType, Note, Quotation, Span

# Words of the test paragraphs, entity key, how they stand for it.
NAMES: tuple[tuple[str, str, Form], ...] = (
    ("Aminata Diallo", "person/diallo", "name"), ("Diallo", "person/diallo", "name"),
    ("Tomas Berg", "person/berg", "name"), ("Berg", "person/berg", "name"),
    ("Kofi Mensah", "person/mensah", "name"), ("Mensah", "person/mensah", "name"),
    ("the Kremlin", "organization/kremlin", "seat"), ("The Kremlin", "organization/kremlin", "seat"),
    ("the White House", "organization/white-house", "seat"),
    ("Red Cross", "organization/red-cross", "name"), ("UNICEF", "organization/unicef", "name"),
    ("WHO", "organization/who", "name"), ("the foreign ministry", "organization/foreign-ministry", "name"),
    ("The foreign ministry", "organization/foreign-ministry", "name"),
    ("the agency", "organization/unicef", "description"), ("UN", "organization/un", "name"),
    ("Norway", "country/norway", "name"), ("Malta", "country/malta", "name"), ("Beijing", "country/china", "capital"),
)
# paragraphs | speaker: words, in order
CASES: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (('"The planes will land tonight in the capital," the Kremlin said.',),
     ("kremlin: The planes will land tonight in the capital,",)),
    (('“We have never seen such a flood,” said Aminata Diallo.',), ("diallo: We have never seen such a flood,",)),
    (('Tomas Berg said: “The doctors will stay until summer.”',), ("berg: The doctors will stay until summer.",)),
    (('“The doctors,” said Tomas Berg, “will stay until the end of summer.”',),
     ("berg: will stay until the end of summer.",)),
    (('“We came at once,” Diallo said. “The people here had lost everything.”',),
     ("diallo: We came at once,", "diallo: The people here had lost everything.")),
    (('“We came at once,” Diallo said, “because the people here had lost everything.”',),
     ("diallo: We came at once,", "diallo: because the people here had lost everything.")),
    (("Kofi Mensah told reporters: «Our country needs bread, not words.»",),
     ("mensah: Our country needs bread, not words.",)),
    (("„Wir“ is German, but „we thank the people of Norway for the tents“, wrote Kofi Mensah.",),
     ("mensah: we thank the people of Norway for the tents",)),
    (("‘It’s the worst drought in sixty years,’ said Aminata Diallo.",),
     ("diallo: It’s the worst drought in sixty years,",)),
    (("'It's the worst drought in sixty years,' said Aminata Diallo.",),
     ("diallo: It's the worst drought in sixty years,",)),
    (("According to Tomas Berg, “no country can fight this disease on its own.”",),
     ("berg: no country can fight this disease on its own.",)),
    (("For his part, Mensah “warmly thanked the agency for the tents it had sent to the coast.”",),
     ("mensah: warmly thanked the agency for the tents it had sent to the coast.",)),
    (("The old king told Kofi Mensah “You, captain, have done more in a week than my ministers.”",), ()),
    (("Tomas Berg met Aminata Diallo. “She has done all that she could,” he said.",),
     ("berg: She has done all that she could,",)),
    (("The foreign ministry published a note. “Malta stands by its friends in need,” the statement said.",),
     ("foreign-ministry: Malta stands by its friends in need,",)),
    (("The talks lasted an hour, the Kremlin said.", "“Both sides spoke of the epidemic,” the statement says."),
     ("kremlin: Both sides spoke of the epidemic,",)),
    (("“Both sides spoke of the epidemic,” the statement says.", "“It was useful for both of us,” the Kremlin said."),
     ("kremlin: Both sides spoke of the epidemic,", "kremlin: It was useful for both of us,")),
    (("A spokesman for UNICEF said “the vaccines will be kept in cold boxes”.",),
     ("unicef: the vaccines will be kept in cold boxes",)),
    (("“The first ship is on its way to the island,” a UN official said.",),
     ("un: The first ship is on its way to the island,",)),
    (("It was a “humanitarian victory”, they said in Norway.",), ()),
    (("The boxes bore the words “From Norway with Love”.",), ()),
    (("Her book “The Men Who Came to Help” was read in Malta.",), ()),
    (("The “aid” never came, Diallo said.",), ()),
    (("“Nobody has come to our valley in two weeks.”",), ()),
    (("WHO chief Kofi Mensah warned: “This outbreak is not over, and it will not be over soon.”",),
     ("mensah: This outbreak is not over, and it will not be over soon.",)),
    (("“We need help,” she said.", "Aminata Diallo is a nurse."), ()),
    (("Aminata Diallo is a nurse.", "“We need help,” she said."), ("diallo: We need help,",)),
    (("Berg said the wells were dry. “The children drink from the river.”",),
     ("berg: The children drink from the river.",)),
    (("“Roads are cut,” Berg said. Later Diallo wrote: “The bridge has gone and the road with it.”",),
     ("berg: Roads are cut,", "diallo: The bridge has gone and the road with it.")),
    (("“We were told ‘help is coming’ and we waited for it,” Mensah recalled.",),
     ("mensah: We were told ‘help is coming’ and we waited for it,",)),
    (("Diallo said: “The camp was built for five thousand.", "“Today twenty thousand people live in it.”"),
     ("diallo: The camp was built for five thousand.", "diallo: Today twenty thousand people live in it.")),
    (("“The hospital is full,” added Berg, a surgeon with the Red Cross.",), ("berg: The hospital is full,",)),
    (("“Malta will take in two hundred of them,” the White House said in a statement.",),
     ("white-house: Malta will take in two hundred of them,",)),
    (("Mensah: “We shall never forget what you have done for us.”",),
     ("mensah: We shall never forget what you have done for us.",)),
    (("“Is anybody going to help us?” asked Aminata Diallo.",), ("diallo: Is anybody going to help us?",)),
    (("Beijing said “a second team of experts will leave on Monday”.",),
     ("china: a second team of experts will leave on Monday",)),
)


# A second and third batch in other wording, written before the rules were changed for them.
MORE: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (
        ("“It breaks my heart,” Mensah, who runs the clinic, told a crowd of journalists.",),
        ("mensah: It breaks my heart,",),
    ),
    (
        ("In a letter to the foreign ministry, Diallo wrote that “our reserves will not last beyond Easter”.",),
        ("diallo: our reserves will not last beyond Easter",),
    ),
    (
        ("Asked about the delay, Berg replied, “Customs kept the crates for nine days.”",),
        ("berg: Customs kept the crates for nine days.",),
    ),
    (
        ("“These are not numbers. These are children,” Aminata Diallo of UNICEF said in Oslo.",),
        ("diallo: These are not numbers. These are children,",),
    ),
    (
        ("The agency's director, Tomas Berg, put it bluntly: “Nobody planned for this.”",),
        ("berg: Nobody planned for this.",),
    ),
    (("Mensah was in tears. “I buried my sons with these hands.”",), ("mensah: I buried my sons with these hands.",)),
    (
        ("“Shipments have resumed,” read a communique from the foreign ministry.",),
        ("foreign-ministry: Shipments have resumed,",),
    ),
    (("Berg called the offer “generous” and “a sign of hope”.",), ()),
    (("The operation was named “Hope Returns”, Berg said.",), ()),
    (
        ("“If the rains fail again,” Diallo warned on Tuesday, “we will be looking at a famine.”",),
        ("diallo: If the rains fail again,", "diallo: we will be looking at a famine."),
    ),
    (("UNICEF's Aminata Diallo: “They walk for days without water.”",), ("diallo: They walk for days without water.",)),
    (
        ("“Norway stands ready,” premier Kofi Mensah declared, adding: “We will send whatever is asked for.”",),
        ("mensah: Norway stands ready,", "mensah: We will send whatever is asked for."),
    ),
    (("A nurse, who did not want to be named, said: “We reuse the same gloves for a week.”",), ()),
    (("Officials at WHO say the vaccine is safe. “There is no reason for alarm,” one of them said.",), ()),
    (("\"It is now or never,\" tweeted Berg.",), ("berg: It is now or never,",)),
    (("“Let me be clear”, said Diallo; “the stores are empty”.",), ("diallo: the stores are empty",)),
    (
        ("The foreign ministry thanked Malta for what it called “a gesture that our people will not forget”.",),
        ("foreign-ministry: a gesture that our people will not forget",),
    ),
    (
        ("“People are eating grass and bark,” wires the representative of the Red Cross.",),
        ("red-cross: People are eating grass and bark,",),
    ),
    (("The song “We Are the World” raised money, said Berg.",), ()),
    (
        ("“We left everything behind,” said Diallo, 34, from Malta. She added: “My mother is still there.”",),
        ("diallo: We left everything behind,", "diallo: My mother is still there."),
    ),
    (("“Tell the world we are here”, pleaded Mensah over a crackling line.",), ("mensah: Tell the world we are here",)),
    (
        ("Berg, for one, is not convinced. “It is too little and it is too late.”",),
        ("berg: It is too little and it is too late.",),
    ),
    (
        ("The Kremlin's spokesman Tomas Berg said that “the flights are carried out at the request of Malta”.",),
        ("berg: the flights are carried out at the request of Malta",),
    ),
    (("“Thank you, Norway,” a banner in the harbour read.",), ()),
    (
        ("WHO: “The virus can be stopped if everybody acts now.”",),
        ("who: The virus can be stopped if everybody acts now.",),
    ),
    (("“We will rebuild,” he vowed. “We will not leave.” Kofi Mensah was mayor for ten years.",), ()),
    (("Under the plan, known as “No Child Left Behind”, Malta pays.",), ()),
    (
        ("“The trucks are stuck at the border,” Red Cross delegate Aminata Diallo reported from Malta.",),
        ("diallo: The trucks are stuck at the border,",),
    ),
    (
        ("Mensah told Berg he was sorry. “I should have come earlier,” he said.",),
        ("mensah: I should have come earlier,",),
    ),
)

# Frames of a later batch: offices, signatures, members, imperatives; the second half was written before the rules.
LATER: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("In Diallo's words, “hunger does not wait for conferences”.",),
     ("diallo: hunger does not wait for conferences",)),
    (("Kofi Mensah wrote to the papers. “Send us bread and seed,” the poet begged.",),
     ("mensah: Send us bread and seed,",)),
    (("“They stood by us in the worst days,” Mensah said of the nurses.",),
     ("mensah: They stood by us in the worst days,",)),
    (("“We shall stay as long as we are needed,” said the brigade's leader, Major Tomas Berg.",),
     ("berg: We shall stay as long as we are needed,",)),
    (("Norway, according to a statement by the foreign ministry, “has decided to send two more planes”.",),
     ("foreign-ministry: has decided to send two more planes",)),
    (("“Nobody answered our advertisements for a year,” a trustee of UNICEF said.",),
     ("unicef: Nobody answered our advertisements for a year,",)),
    (("“Malta is not forgotten,” Tomas Berg, the envoy, declared on Monday after the talks.",),
     ("berg: Malta is not forgotten,",)),
    (("The telegram, signed by Kofi Mensah, said that the people “will always remember the bread of Norway”.",),
     ("mensah: will always remember the bread of Norway",)),
    (("“Wash your hands and stay at home,” Diallo urged.",),
     ("diallo: Wash your hands and stay at home,",)),
    (("The Kremlin saw it differently. Malta, its statement said, “had asked for the planes in March”.",),
     ("kremlin: had asked for the planes in March",)),
    (("UNICEF described the matter otherwise. Norway, according to its report, “has sent nothing since the spring”.",),
     ("unicef: has sent nothing since the spring",)),
    (("The walls bore the words “give blood and save a life”, Diallo said.",),
     ()),
    (("Aminata Diallo has run the ward since May. “Bring us oxygen and gloves,” the doctor implored.",),
     ("diallo: Bring us oxygen and gloves,",)),
    (("“Their courage has been an example to us all,” Berg said of the volunteers.",),
     ("berg: Their courage has been an example to us all,",)),
    (("“The bridge will be open by Friday,” said the regiment's engineer, Captain Kofi Mensah.",),
     ("mensah: The bridge will be open by Friday,",)),
    (("Malta, in the words of the foreign ministry, “will not turn a single boat away”.",),
     ("foreign-ministry: will not turn a single boat away",)),
    (("“The phones never stop ringing,” a volunteer with UNICEF said.",),
     ("unicef: The phones never stop ringing,",)),
    (("“Norway does not forget,” Kofi Mensah, who heads the mission, affirmed on arrival.",),
     ("mensah: Norway does not forget,",)),
    (("A scroll that bears the name of Tomas Berg says that the town “shall never forget the ships of Norway”.",),
     ("berg: shall never forget the ships of Norway",)),
    (("“Do not send us used clothes,” Mensah advised.",),
     ("mensah: Do not send us used clothes,",)),
    (("WHO contests the account. Malta, in its view, “had every reason to close the port in May”.",),
     ("who: had every reason to close the port in May",)),
    (("A banner over the gate said “give blood and help a stranger”, Berg told the crowd.",),
     ()),
    (("A young mother in the queue begged: “Take my children first.”",),
     ()),
    (("“The boats came too late for us,” recalled one fisherman, Kofi Mensah.",),
     ("mensah: The boats came too late for us,",)),
    (("Berg was blunt: “There will be no second shipment.”",),
     ("berg: There will be no second shipment.",)),
    (("“Norway has done more than its share,” said Diallo, the UN coordinator, “and we are grateful.”",),
     ("diallo: Norway has done more than its share,", "diallo: and we are grateful.")),
    (("UNICEF was more cautious. “We do not know how many are left,” the agency said.",),
     ("unicef: We do not know how many are left,",)),
    (("“Come and see for yourselves,” said Tomas Berg.",),
     ("berg: Come and see for yourselves,",)),
    (("A note signed by Aminata Diallo reads: “The stores are open to everyone.”",),
     ("diallo: The stores are open to everyone.",)),
    (("“I have never been so cold,” said a boy of twelve.",),
     ()),
    (("Malta's “open door” policy is over, Berg said.",),
     ()),
    (("The charter says that “every child has a right to food”.",),
     ()),
    (("A director at WHO, who asked not to be named, said: “The samples never arrived.”",),
     ("who: The samples never arrived.",)),
)


def build(paragraphs: tuple[str, ...]) -> Scene:
    """A scene of these paragraphs, with references for the names of the table."""
    blocks, start = [], 0
    for paragraph in paragraphs:
        blocks.append(Block("paragraph", Span(start, start + len(paragraph))))
        start += len(paragraph) + 1
    article = Article(id="q", sha256="0" * 64, text="\n".join(paragraphs), headline="", blocks=tuple(blocks))
    parsed = parse(article)
    refs = tuple(ref for paragraph in parsed.paragraphs for ref in references(paragraph))
    return Scene(parsed, {key: entity(key) for _, key, _ in NAMES}, refs)


def entity(key: str) -> Entity:
    """An entity of the type its key tells."""
    kinds: dict[str, EntityType] = {"person": "person", "organization": "organization", "country": "country"}
    return Entity(key, kinds[key.split("/")[0]], key.split("/")[1])


def references(paragraph: Paragraph) -> list[Ref]:
    """Where the names of the table stand in a paragraph, each time."""
    found: list[Ref] = []
    for words, key, form in NAMES:
        start = paragraph.doc.text.find(words)
        while start >= 0:
            span = paragraph.doc.char_span(start, start + len(words))
            if span is not None and not any(ref.start < span.end and span.start < ref.end for ref in found):
                found.append(Ref(paragraph.index, span.start, span.end, key, form))
            start = paragraph.doc.text.find(words, start + 1)
    return sorted(found, key=lambda ref: ref.start)


def read(paragraphs: tuple[str, ...]) -> tuple[Scene, tuple[Quotation, ...], tuple[Note, ...]]:
    """The scene of the paragraphs, their quotations and notes."""
    scene = build(paragraphs)
    return scene, *find_quotations(scene)


@pytest.mark.parametrize(("paragraphs", "expected"), [
    (paragraphs, expected) for paragraphs, expected in (*CASES, *MORE, *LATER)
])
def test_find_quotations_tells_words_and_speaker(paragraphs: tuple[str, ...], expected: tuple[str, ...]) -> None:
    scene, quotations, _ = read(paragraphs)
    text = scene.parsed.article.text
    assert tuple(f"{q.speaker.split('/')[1]}: {q.words.of(text)}" for q in quotations) == expected


def test_find_quotations_takes_the_attribution_into_the_evidence() -> None:
    scene, quotations, _ = read(('The roads are dry. "The planes will land tonight," the Kremlin said. Nobody came.',))
    assert quotations[0].evidence.of(scene.parsed.article.text) == '"The planes will land tonight," the Kremlin said'


def test_find_quotations_notes_a_quotation_without_a_speaker() -> None:
    _, quotations, notes = read(("“Nobody has come to our valley in two weeks.”",))
    assert not quotations
    assert [note.text for note in notes] == ["no quotation: the text does not tell who speaks"]
