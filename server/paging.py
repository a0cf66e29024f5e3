"""Which page of a list a request asks for: a number from 1, and one that there is."""

from __future__ import annotations

import re

from flask import request

from server.problems import BadRequest, NotFound
from server.views.page import Pager


def page_number(parameter: str) -> int:
    """The number of the page asked for, from 1.

    Raises:
        BadRequest: it is no number from 1.
    """
    text = request.args.get(parameter, "1")
    if re.fullmatch(r"[1-9][0-9]{0,6}", text) is None:
        raise BadRequest(f"{parameter} is {text!r}; pages are numbered from 1.")
    return int(text)


def existing(pager: Pager) -> Pager:
    """The pager, if there is such a page.

    Raises:
        NotFound: the list is shorter.
    """
    if pager.number > pager.pages:
        raise NotFound(f"There is no page {pager.number}; the last one is {pager.pages}.")
    return pager
