"""The pages of institutions: what stands by their rules, who may do what now, and what would come of a move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from rapporteur.errors import AskError
from rapporteur.exports.answers import patterns
from rapporteur.institutions import houses
from rapporteur.institutions.asking import institution_id
from rapporteur.knowledge.answer_words import answer_words
from rapporteur.knowledge.case_words import FACT_TYPES
from rapporteur.knowledge.institutions import Institution
from rapporteur.record.days import day_asked
from rapporteur.web import institution_shown as shown
from rapporteur.web import pages
from rapporteur.web.inquiries import MOST_SUPPOSED, Inquiries, Inquiry, countable
from rapporteur.web.supposing_form import Form, written

router = APIRouter()
_LONGEST = 200  # characters of an actor's code


@dataclass(frozen=True, slots=True)
class Days:
    """The days asked for: of the world, and of knowledge (None: all that is known); ``told``: what the address says."""

    as_of: str
    known_by: str | None
    told: Mapping[str, str]


@router.get("/institutions")
def institutions(request: Request) -> Response:
    """All institutions; in the address ``as_of``, ``known_by``. What each one's facts give comes as it is looked at."""
    inquiries: Inquiries = request.app.state.inquiries
    days, problem = _days(request)
    listed = [
        {
            "id": one.id,
            "title": one.title,
            "summary": one.summary,
            "patterns": patterns(one),
            "href": shown.address(one.id, days.told),
            "brief": shown.address(one.id, days.told, part="brief"),
        }
        for one in inquiries.known.institutions.values()
    ]
    return pages.render(
        request, "institutions.html", 422 if problem else 200, days=days, problem=problem, listed=listed
    )


@router.get("/institutions/{id}")
def institution(request: Request, id: str) -> Response:
    """One institution; in the address ``as_of``, ``known_by``, ``what_if`` (repeatable: suppositions), ``actor`` (whose
    moves are told besides), and what the form asks to suppose further (``supposing_form``).

    Of no such institution, an error that names the nearest.
    """
    inquiries: Inquiries = request.app.state.inquiries
    one = inquiries.known.institutions[institution_id(inquiries.known, id)]
    days, problem = _days(request)
    if request.query_params.get("part") == "brief":
        inquiry = inquiries.ask(one.id, days.as_of, days.known_by)
        return pages.render(request, "institution_brief.html", one=one, brief=shown.brief(inquiry), days=days)
    what_if = [text for text in request.query_params.getlist("what_if") if text.strip()]
    actor = request.query_params.get("actor", "").strip()
    actor = actor if len(actor) <= _LONGEST and actor.isprintable() else ""
    form = Form.of(request.query_params)
    wrong = None
    if form.sent and problem is None:
        try:
            further = [*what_if, written(form, inquiries.known, one, days.as_of)]
            inquiries.ask(one.id, days.as_of, days.known_by, further)
            return RedirectResponse(shown.address(one.id, days.told, further, actor=actor) + "#what-if", 303)
        except AskError as error:
            wrong = error.problem
    try:
        inquiry = inquiries.ask(one.id, days.as_of, days.known_by, what_if)
    except AskError as error:
        wrong = wrong or error.problem
        inquiry = inquiries.ask(one.id, days.as_of, days.known_by)
    failed = bool(problem or wrong)
    if request.query_params.get("part") == "moves" and actor and not failed:
        able = [(shown.name(actor), shown.moves(inquiries.can(inquiry, actor)))]
        return pages.render(request, "institution_moves.html", able=able)
    return pages.render(
        request,
        "institution.html",
        422 if failed else 200,
        problem=problem,
        wrong=wrong,
        form=form,
        days=days,
        **_standing(inquiries, one, inquiry),
        **_moves(inquiries, one, inquiry, actor, days.told, what_if),
        **_form(inquiries, one, inquiry, what_if, actor, days),
    )


def _days(request: Request) -> tuple[Days, str | None]:
    """The days asked for, and what is wrong with them; then they are as if not asked for."""
    asked = request.query_params
    try:
        known_by = day_asked(asked.get("known_by") or None, "known_by")
        as_of = day_asked(asked.get("as_of") or None, "as_of")
        countable((as_of or known_by or date.today()).isoformat())
    except AskError as error:
        return Days(date.today().isoformat(), None, {}), f"{error.where}: {error.problem}"
    told = {name: day.isoformat() for name, day in (("as_of", as_of), ("known_by", known_by)) if day}
    return Days((as_of or known_by or date.today()).isoformat(), told.get("known_by"), told), None


def _standing(inquiries: Inquiries, one: Institution, inquiry: Inquiry) -> dict[str, Any]:
    """What stands, and by which facts and rules."""
    return {
        "one": one,
        "patterns": patterns(one),
        "brief": shown.brief(inquiry),
        "answers": [shown.answer(case["ask"], answer, inquiry.as_of) for case, answer in inquiry.found],
        "facts": [shown.fact(fact) for fact in inquiry.facts],
        "aside": shown.aside(inquiry),
        "circles": shown.circles(inquiries.known, one, inquiry.as_of),
        "rules": shown.rules(inquiries.known, one),
    }


def _moves(
    inquiries: Inquiries,
    one: Institution,
    inquiry: Inquiry,
    actor: str,
    told: Mapping[str, str],
    what_if: Sequence[str],
) -> dict[str, Any]:
    """What one may do: who is asked for, else who matters most. Of others who matter it comes as one looks at them."""
    first, *others = dict.fromkeys([*filter(None, [actor]), *inquiry.matter]) or [""]
    return {
        "actor": actor,
        "able": [(shown.name(code), shown.moves(inquiries.can(inquiry, code))) for code in filter(None, [first])],
        "others": [(shown.name(code), shown.address(one.id, told, what_if, actor=code)) for code in others],
        "actors": sorted((shown.name(code), code) for code in houses.actors(inquiries.known, one, inquiry.as_of)),
    }


def _form(
    inquiries: Inquiries, one: Institution, inquiry: Inquiry, what_if: list[str], actor: str, days: Days
) -> dict[str, Any]:
    """The suppositions with the addresses without each of them, and what comes of them."""
    supposed = [
        (text, shown.address(one.id, days.told, [*what_if[:n], *what_if[n + 1 :]], actor=actor) + "#what-if")
        for n, text in enumerate(what_if)
    ]
    objects = dict.fromkeys(
        [*(clock.object for clock in one.clocks), *(text.id for text in one.texts)]
        + [str(fact["object"]) for fact in inquiry.facts]
    )
    acts = answer_words().facts
    return {
        "supposed": supposed,
        "objects": list(objects),
        "types": [(kind, acts[kind].format(by="…", object="…")) for kind in FACT_TYPES],
        "compared": [shown.compared(pair, inquiry.as_of) for pair in inquiry.compared],
        "full": len(what_if) >= MOST_SUPPOSED,
        "later": any(fact.get("supposed") and str(fact["date"])[:10] > inquiry.as_of for fact in inquiry.facts),
    }
