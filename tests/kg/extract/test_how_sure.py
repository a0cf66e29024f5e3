"""How sure and how far: imagined, denied, declined or rumoured, asked for by the word that tells the act."""

from __future__ import annotations

from typing import Any

import pytest

from kg.extract.modality import standing

# sentence | the word that tells the act | modality, "-" for no report | phase, "" as the frame has it
IMAGINED: tuple[tuple[str, str, str, str], ...] = (
    ("Oslo may one day share its stocks.", "share", "hypothetical", "pledged"),
    ("Oslo, it is hinted, may share its stocks.", "share", "hypothetical", "pledged"),
    ("It may be that parliament will release the money.", "release", "hypothetical", "pledged"),
    ("Perhaps Oslo will send tents.", "send", "hypothetical", "pledged"),
    ("Oslo will possibly send tents.", "send", "hypothetical", "pledged"),
    ("It is possible that Oslo will send tents.", "send", "hypothetical", "pledged"),
    ("Oslo is likely to send tents.", "send", "hypothetical", "pledged"),
    ("Oslo is considering sending tents.", "sending", "hypothetical", "pledged"),
    ("Oslo is considering whether to send tents.", "send", "hypothetical", "pledged"),
    ("Oslo is weighing the dispatch of a ship.", "dispatch", "hypothetical", "pledged"),
    ("A second shipment of tents is under consideration.", "shipment", "hypothetical", "pledged"),
    ("A second shipment of tents is being considered in Oslo.", "shipment", "hypothetical", "pledged"),
    ("Ministers discussed sending a ship.", "sending", "hypothetical", "pledged"),
    ("The minister suggested that Oslo might part with tents.", "part", "hypothetical", "pledged"),
    ("The minister suggested that Oslo send tents.", "send", "hypothetical", "pledged"),
    ("Oslo hopes to send tents.", "send", "hypothetical", "pledged"),
    ("There is talk of a shipment of tents.", "shipment", "hypothetical", "pledged"),
    ("The possibility that Oslo will send tents cheers nobody.", "send", "hypothetical", "pledged"),
    ("What if Oslo had sent tents?", "sent", "hypothetical", "pledged"),
    ("Unless the port opens, Oslo will send no ship.", "send", "hypothetical", "pledged"),
)
CONDITIONS: tuple[tuple[str, str, str, str], ...] = (
    ("Should the rains fail, Oslo would be prepared to send wheat.", "send", "hypothetical", "pledged"),
    ("Should the army allow it, the agency stands ready to send wheat.", "send", "hypothetical", "pledged"),
    ("Were the road to reopen, Oslo would send wheat.", "send", "hypothetical", "pledged"),
    ("Had the road been open, Oslo would have sent wheat.", "sent", "hypothetical", "pledged"),
    ("Oslo will send wheat if the road reopens.", "send", "hypothetical", "pledged"),
    ("Oslo could send wheat provided that the truce holds.", "send", "hypothetical", "pledged"),
    ("Wheat could be sent by Oslo should the truce hold.", "sent", "hypothetical", "pledged"),
    ("Oslo stands ready to send wheat.", "send", "asserted", "pledged"),
    ("Oslo is prepared to send wheat.", "send", "asserted", "pledged"),
    ("Oslo sent wheat, even if it had little.", "sent", "asserted", ""),
    ("Oslo sent wheat and, if necessary, milk.", "sent", "asserted", ""),
    ("Oslo will send wheat whether or not the truce holds.", "send", "asserted", "pledged"),
    ("On condition that nobody was told, Oslo had offered wheat.", "offered", "asserted", ""),
)
DENIED: tuple[tuple[str, str, str, str], ...] = (
    ("Oslo denied reports that it had sent tents.", "sent", "denied", ""),
    ("Reports that Oslo had sent tents were denied by the palace.", "sent", "denied", ""),
    ("A story that Oslo had sent tents was flatly denied.", "sent", "denied", ""),
    ("Officials rejected a claim by the army that it had sent tents.", "sent", "denied", ""),
    ("Claims that Oslo had sent tents are baseless.", "sent", "denied", ""),
    ("A report according to which Oslo had sent tents is incorrect.", "sent", "denied", ""),
    ("There is no truth in the report that Oslo had sent tents.", "sent", "denied", ""),
    ("A tale told in the bazaars, that Oslo had landed ten planes, was denied by an aide.", "landed", "denied", ""),
    ("The palace denied reports by foreign papers that Oslo had dropped food on two hamlets.", "dropped", "denied", ""),
    ("An article in the local press according to which Oslo had flown in maize is wrong.", "flown", "denied", ""),
    ("A Bern paper's report that Oslo landed troops is false.", "landed", "denied", ""),
    ("The report that Oslo had sent tents was read, but a second was denied; trucks came.", "came", "asserted", ""),
    ("The army, which denied the report, sent tents.", "sent", "asserted", ""),
    ("It is not true that Oslo sent tents.", "sent", "denied", ""),
    ("Not a single tent has come from Oslo.", "come", "denied", ""),
    ("Not one ship was sent by Oslo.", "sent", "denied", ""),
    ("Neither Oslo nor Bern sent tents.", "sent", "denied", ""),
    ("Oslo has yet to send tents.", "send", "denied", ""),
    ("Oslo's failure to send tents was noticed.", "send", "denied", ""),
    ("Oslo suspended its deliveries of wheat.", "deliveries", "denied", ""),
    ("No fewer than 40 ships were sent.", "sent", "asserted", ""),
    ("Nothing but tents was sent.", "sent", "asserted", ""),
    ("The Danes saving sailors in Iceland in 1953 was not forgotten.", "saving", "asserted", ""),
    ("That Oslo sent tents was not overlooked.", "sent", "asserted", ""),
    ("Oslo did not forget to send tents.", "send", "asserted", ""),
)
DECLINED: tuple[tuple[str, str, str, str], ...] = (
    ("Lima declined an offer of tents from Oslo.", "offer", "asserted", "pledged"),
    ("Oslo's offer of tents was rejected.", "offer", "asserted", "pledged"),
    ("The helicopters offered by Oslo were refused.", "offered", "asserted", ""),
    ("Lima turned away the tents sent by Oslo.", "sent", "asserted", ""),
    ("Lima sent back the tents donated by Oslo, which may be used elsewhere.", "donated", "asserted", ""),
    ("The tents sent by Oslo may arrive tomorrow.", "sent", "asserted", ""),
    ("The tents sent by Oslo may arrive tomorrow.", "arrive", "hypothetical", "pledged"),
    ("Lima denied entry to the planes sent by Oslo.", "sent", "asserted", ""),
)
RUMOURED: tuple[tuple[str, str, str, str], ...] = (
    ("Rumours that Oslo had sent tents spread fast.", "sent", "hypothetical", "pledged"),
    ("Oslo is rumoured to have sent tents.", "sent", "hypothetical", "pledged"),
    ("Gossip has it that Oslo sent tents.", "sent", "hypothetical", "pledged"),
    ("According to unconfirmed reports Oslo sent tents.", "sent", "hypothetical", "pledged"),
    ("Reports that Oslo had sent tents cheered the town.", "sent", "asserted", ""),
)
NO_REPORT: tuple[tuple[str, str, str, str], ...] = (
    ("The envoy urged others not to accept tents.", "accept", "-", ""),
    ("There is want of anything that might carry wheat.", "carry", "-", ""),
    ("They came from lands that would never have been allowed to send aid.", "send", "-", ""),
    ("Oslo sent nurses to a valley where no doctor had ever worked before.", "worked", "-", ""),
    ("When a state is overwhelmed, it can request aid.", "request", "-", ""),
)
TENSES: tuple[tuple[str, str, str, str], ...] = (
    ("Oslo would later send 40 ships.", "send", "asserted", ""),
    ("A million pounds can be expected from Oslo.", "expected", "asserted", "pledged"),
    ("The king said that ships had been sent; they may arrive today.", "sent", "asserted", ""),
    ("Oslo was able to send tents.", "send", "asserted", ""),
    ("Oslo had been preparing to send tents.", "send", "asserted", "pledged"),
    ("Oslo undertook to send tents.", "send", "asserted", "pledged"),
)


@pytest.mark.parametrize(
    ("sentence", "word", "modality", "phase"),
    (*IMAGINED, *CONDITIONS, *DENIED, *DECLINED, *RUMOURED, *NO_REPORT, *TENSES),
)
def test_words_around_an_act_settle_how_sure_it_is(
    read: Any, sentence: str, word: str, modality: str, phase: str
) -> None:
    doc = read(sentence).parsed.paragraphs[0].doc
    found = standing(next(token for token in doc if token.text == word))
    assert (found.modality or "-", found.phase or "") == (modality, phase)
