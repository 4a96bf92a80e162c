"""Who is credited with what: sentences in, attributions out.

``attribute`` finds an article's attributions; ``sources_of`` tells on whose word a span of the body is. What a source
says is not judged.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from rapporteur.knowledge.cues import Cues
from rapporteur.language.syntax import Syntax
from rapporteur.model import Attribution, Party, Quoted, Span
from rapporteur.sourcing.direct import Direct, Quotedness
from rapporteur.sourcing.draft import Draft, covers, length, overlap, without
from rapporteur.sourcing.kinds import Kinds
from rapporteur.sourcing.layout import layout_drafts
from rapporteur.sourcing.nesting import parents_of
from rapporteur.sourcing.nominal import nominal_drafts
from rapporteur.sourcing.quotes import beside_quotation, find_quotes
from rapporteur.sourcing.relay import linked
from rapporteur.sourcing.verbs import verb_drafts

__all__ = ["Credits", "PartyResolver", "attribute", "quotation_credited", "sources_of", "speakers"]

_FIRST_PERSON = ("i", "we", "our", "my")
_DIRECT = 0.9  # share of quoted letters from which a content is direct speech


class PartyResolver(Protocol):
    """Who a token names."""

    def parties(self, sentence: int, token: int) -> tuple[Party, ...]:
        """The parties that the noun phrase headed by this token stands for; empty where unknown."""
        ...


def attribute(
    body: str, sentences: Sequence[Span], syntax: Mapping[int, Syntax], parties: PartyResolver
) -> tuple[Attribution, ...]:
    """The attributions of one article, in the order of their first character.

    Args:
        body: the article's text.
        sentences: spans of ``body``.
        syntax: of the sentences that were parsed, by sentence index. Others can only be quoted.
        parties: who a source's words name.
    """
    cues = Cues.load()
    quotes = find_quotes(body)
    drafts = [d for k in sorted(syntax) for d in _sentence_drafts(syntax[k], cues)]
    drafts += layout_drafts(body, sentences, syntax, cues, lambda s, t: bool(parties.parties(s, t)))
    drafts = Direct(body, sentences, syntax, drafts).place(quotes) if sentences else drafts
    drafts = _in_order(drafts)
    kinds = Kinds(body, cues)
    quotedness = Quotedness(body, quotes)
    return tuple(
        _attribution(draft, parent, syntax.get(draft.sentence), quotedness, kinds, parties)
        for draft, parent in zip(drafts, parents_of(drafts), strict=True)
    )


class Credits:
    """On whose word spans of one article are: ``sources_of``, quick for many small spans.

    Between two neighbouring edges of contents everything is on the same words, so one answer serves all of it.
    """

    def __init__(self, attributions: Sequence[Attribution]) -> None:
        self._attributions = attributions
        self._edges = sorted({edge for a in attributions for span in a.content for edge in span})
        self._known: dict[int, tuple[int, ...]] = {}

    def __call__(self, start: int, end: int, performers: Sequence[Party] = ()) -> tuple[int, ...]:
        """As ``sources_of``."""
        piece = bisect_right(self._edges, start)
        if performers or end - start < 1 or bisect_left(self._edges, end) != piece:
            return sources_of(self._attributions, start, end, performers)
        if piece not in self._known:
            self._known[piece] = sources_of(self._attributions, start, end)
        return self._known[piece]


def sources_of(
    attributions: Sequence[Attribution], start: int, end: int, performers: Sequence[Party] = ()
) -> tuple[int, ...]:
    """On whose word the span of the body is: indices of attributions, outermost first.

    Those whose content covers it, with those that these stand inside. Left out is a credit without a source, and one
    whose source need not vouch for what the content speaks of ("did not say whether ...", "criticised the raid")
    unless it is in the source's own words.

    Args:
        attributions: of the article.
        start, end: the span, offsets into the body.
        performers: who does the act of the span by saying these words ("they said they opposed it"): what they say
            is the act, not a report of it, and is left out.
    """
    unvouched = Cues.load().unvouched
    chosen: set[int] = set()
    for n, attribution in enumerate(attributions):
        if covers(attribution.content, start, end):
            chosen.update(_chain(attributions, n))
    kept = [
        n
        for n in chosen
        if attributions[n].source
        and (attributions[n].force not in unvouched or attributions[n].quoted == "direct")
        and not _performs(attributions[n], performers)
    ]
    return tuple(sorted(kept, key=lambda n: (len(_chain(attributions, n)), -length(attributions[n].content), n)))


def _performs(attribution: Attribution, performers: Sequence[Party]) -> bool:
    """Is the speaker one of them, so far as is known? In direct speech that is "I" or "we" and nobody else."""
    speaker = attribution.party
    if attribution.quoted == "direct":
        performers = [p for p in performers if p.text.lower().split()[0] in _FIRST_PERSON]
    return speaker is not None and any(_may_be(speaker, p) for p in performers)


def _may_be(one: Party, other: Party) -> bool:
    if one.entity and other.entity:
        return one.entity == other.entity
    return not (one.code and other.code) or one.code == other.code


def quotation_credited() -> Callable[[str], bool]:
    """Tells of a sentence's text, by its words alone, whether it likely credits a quotation to somebody."""
    pattern = beside_quotation(Cues.load().quoting)
    return lambda text: ("”" in text or "“" in text or '"' in text) and pattern.search(text) is not None


def speakers(attributions: Sequence[Attribution]) -> Callable[[int], tuple[Party, ...] | None]:
    """Who speaks at a body offset: the parties of the outermost direct speech that holds it, None where unknown.

    What is credited inside a quotation ("We think that ...") leaves its "we" to the one who is quoted.
    """
    direct = [n for n, a in enumerate(attributions) if a.quoted == "direct" and a.source]
    outer = [n for n in direct if not any(m in direct for m in _chain(attributions, n)[1:])]
    spans = sorted((start, end, n) for n in outer for start, end in attributions[n].content)

    def at(offset: int) -> tuple[Party, ...] | None:
        for start, end, n in spans:
            if start <= offset < end:
                party = attributions[n].party
                return (party,) if party is not None else None
        return None

    return at


def _chain(attributions: Sequence[Attribution], n: int) -> list[int]:
    chain: list[int] = []
    at: int | None = n
    while at is not None and at not in chain:
        chain.append(at)
        at = attributions[at].parent
    return chain


def _sentence_drafts(syntax: Syntax, cues: Cues) -> list[Draft]:
    by_noun = list(nominal_drafts(syntax, cues))
    by_verb = linked(syntax, verb_drafts(syntax, cues), cues)
    return [d for d in by_verb if not _is_light(d, by_noun)] + by_noun


def _is_light(draft: Draft, by_noun: Sequence[Draft]) -> bool:
    """ "expressed concern about ...": the noun's credit says it all."""
    return any(
        overlap(draft.cue, noun.cue) and overlap(draft.content, noun.cue) and draft.source == noun.source
        for noun in by_noun
    )


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Those with content, source, cue and content kept apart, in text order, none twice."""
    kept: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        if not draft.content or not (draft.cue or draft.source):
            continue
        if without(draft.content, (*draft.source, *draft.cue)) != draft.content:
            continue
        kept.setdefault((draft.source, draft.cue, draft.content), draft)
    return sorted(kept.values(), key=_position)


def _position(draft: Draft) -> tuple[int, Span, Span, int]:
    first = min(spans[0][0] for spans in (draft.source, draft.cue, draft.content) if spans)
    return first, (draft.cue or draft.content)[0], draft.content[0], -length(draft.content)


def _attribution(
    draft: Draft, parent: int | None, syntax: Syntax | None, quotedness: Quotedness, kinds: Kinds,
    parties: PartyResolver,
) -> Attribution:  # fmt: skip
    found = parties.parties(draft.sentence, draft.holder) if draft.holder is not None and draft.source else ()
    party = found[0] if found else None
    share = quotedness.share(draft.content)
    quoted: Quoted = "direct" if share >= _DIRECT else "mixed" if share > 0 else "indirect"
    return Attribution(
        source=draft.source,
        cue=draft.cue,
        content=draft.content,
        kind=kinds.kind(draft, syntax, party),
        force=draft.force,
        party=party,
        quoted=quoted,
        parent=parent,
    )
