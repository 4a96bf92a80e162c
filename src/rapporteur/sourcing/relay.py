"""Credits that share or hand on what another one in the sentence says.

"confirmed and repeated that ..." shares it; "Reuters reported, citing two officials, that ..." hands it on: the
officials are credited inside what Reuters reports.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapporteur.knowledge.cues import Cues
from rapporteur.language.syntax import Syntax, Token
from rapporteur.sourcing.clause import is_verb
from rapporteur.sourcing.draft import Draft, Spans, spans_of


def linked(syntax: Syntax, drafts: Iterable[Draft], cues: Cues) -> list[Draft]:
    """The sentence's drafts, with what coordinated cues share and citing verbs hand on filled in."""
    by_head = {draft.head: draft for draft in drafts}
    for head in list(by_head):
        _share(syntax, by_head, head)
    for head in list(by_head):
        if syntax.tokens[head].lemma in cues.citing:
            _hand_on(syntax, by_head, head, cues)
    return list(by_head.values())


def _share(syntax: Syntax, by_head: dict[int, Draft], head: int) -> None:
    draft = by_head[head]
    if draft.content or any(True for _ in syntax.children(head, "dobj", "prep", "dative")):
        return
    for other in syntax.children(head, "conj"):
        partner = by_head.get(other.i)
        if partner is not None and partner.content and partner.source == draft.source:
            by_head[head] = replace(draft, content=partner.content)
            return


def _hand_on(syntax: Syntax, by_head: dict[int, Draft], head: int, cues: Cues) -> None:
    citing = syntax.tokens[head]
    outer = by_head.get(_governor(syntax, citing))
    cited = next(syntax.children(head, "dobj"), None)
    if outer is None or cited is None or cited.i < head or not _can_speak(cited, cues):
        return
    content = _content_behind(syntax, citing) or outer.content
    if not content:
        return
    if not outer.content:
        by_head[outer.head] = outer = replace(outer, content=content)
    by_head[head] = replace(
        by_head[head],
        source=spans_of(syntax, syntax.subtree(cited.i)),
        holder=cited.i,
        content=content,
        force="assert",
        under=outer.head,
        takes_quote=False,
        beside=spans_of(syntax, syntax.subtree(cited.i)),
    )


def _governor(syntax: Syntax, verb: Token) -> int:
    if verb.dep not in ("advcl", "conj", "xcomp", "dep", "acl"):
        return -1
    for above in syntax.ancestors(verb.i):
        if is_verb(above):
            return above.i
    return -1


def _content_behind(syntax: Syntax, verb: Token) -> Spans:
    clauses = [c for c in syntax.children(verb.i, "ccomp") if c.i > verb.i]
    return spans_of(syntax, (k for c in clauses for k in syntax.subtree(c.i)))


def _can_speak(noun: Token, cues: Cues) -> bool:
    words = cues.sources
    if noun.tag[:3] == "NNP":
        return True
    lists: Sequence[frozenset[str]] = (
        words.faceless, words.offices, words.spokespersons, words.documents, words.organisations, words.outlets,
    )  # fmt: skip
    return any(noun.lemma in listed for listed in lists)
