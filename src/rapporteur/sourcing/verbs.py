"""Credits whose cue is a verb: "said that ...", "vowed to ...", "denied any ...", "was quoted as saying ..."."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rapporteur.knowledge.cues import Cues, VerbCue
from rapporteur.language.syntax import Syntax, Token
from rapporteur.sourcing.clause import (
    agent,
    antecedent,
    first_auxiliary,
    infinitive_mark,
    is_passive,
    is_verb,
    leans_on,
    own_subject,
    subject,
    verb_group,
)
from rapporteur.sourcing.complements import Content, complements_of, content_of
from rapporteur.sourcing.draft import Draft, spans_of

_POINTERS = frozenset(("this", "that", "these", "all", "each"))
_EXPLETIVE = frozenset(("it", "there"))


def verb_drafts(syntax: Syntax, cues: Cues) -> Iterator[Draft]:
    """The sentence's credits by verb, in text order."""
    for token in syntax.tokens:
        if token.tag[:1] != "V":
            continue
        particle = next(syntax.children(token.i, "prt"), None)
        cue = _cue(token, particle, cues)
        if cue is None or _is_coloured(syntax, token, cues):
            continue
        draft = _draft(syntax, token, cue, cues)
        if draft is not None:
            yield draft


def _cue(token: Token, particle: Token | None, cues: Cues) -> VerbCue | None:
    """The verb's cue; where a lemmatizer took an "e" too many off ("hopes" as "hop"), that of the form with it."""
    behind = particle.lower if particle is not None else None
    cue = cues.verb(token.lemma, behind)
    if cue is None and token.lower.startswith(token.lemma + "e"):
        cue = cues.verb(token.lemma + "e", behind)
    return cue


def _is_coloured(syntax: Syntax, token: Token, cues: Cues) -> bool:
    """ "declined to say", "efforts to promote": the word above holds what was done."""
    head = syntax.tokens[token.head]
    if token.dep in ("acl", "relcl") and token.tag == "VB" and infinitive_mark(syntax, token) is not None:
        return True  # "efforts to promote peace": nobody is said to have done so
    if token.dep != "xcomp" or head.i == token.i or not is_verb(head):
        return False
    above = cues.verb(head.lemma)
    return above is not None and bool(above.takes & {"infinitive", "gerund"}) and head.lemma not in cues.raising


def _draft(syntax: Syntax, verb: Token, cue: VerbCue, cues: Cues) -> Draft | None:
    quoted_by = _quoted_as(syntax, verb)
    passive = is_passive(syntax, verb)
    group, negated = verb_group(syntax, verb, cues)
    if quoted_by is not None:
        above, _ = verb_group(syntax, quoted_by, cues)
        group = sorted({*group, *above, verb.head})
    holder = _holder(syntax, leans_on(syntax, verb, cues) or verb, passive, quoted_by)
    source = set(_source_tokens(syntax, holder, verb)) if holder is not None else set()
    charge = _charge_under_agent(syntax, holder, cue) if holder is not None and passive else set()
    source -= charge
    found = complements_of(syntax, verb, holder)
    credit_start = _credit_start(syntax, verb, group, source)
    content = content_of(syntax, verb, cue, found, passive=passive, credit_start=credit_start, cues=cues)
    if content is not None and content.behind and holder is not None and holder.tag in ("WDT", "WP"):
        return None  # "a war that has claimed lives" says nothing of what stands before it
    if passive:
        content = _with_passive_subject(syntax, verb, cue, content, holder)
        if content is not None and charge:
            content = replace(content, tokens=content.tokens | charge)
    if holder is None and not _may_lack_source(syntax, verb, passive, content):
        return None
    takes_quote = "quote" in cue.takes
    if content is None and not (takes_quote and holder is not None):
        return None
    return _assembled(syntax, verb, cue, cues, content, group, source, holder, negated, credit_start)


def _assembled(
    syntax: Syntax, verb: Token, cue: VerbCue, cues: Cues, content: Content | None, group: list[int], source: set[int],
    holder: Token | None, negated: bool, credit_start: int,
) -> Draft:  # fmt: skip
    cue_tokens = {*group, *(content.joins if content else ())}
    by = next(syntax.children(verb.i, "agent"), None)
    if by is not None and holder is not None and by.i == holder.head:
        cue_tokens.add(by.i)
    content_tokens = set(content.tokens) - cue_tokens if content else set()
    source = (set(content.source) if content and content.source else source) - cue_tokens
    content_tokens -= source
    beside = set(syntax.subtree(verb.i)) - content_tokens - cue_tokens
    return Draft(
        sentence=syntax.sentence,
        source=spans_of(syntax, source),
        cue=spans_of(syntax, cue_tokens),
        content=spans_of(syntax, content_tokens),
        force=_force(syntax, verb, cue, cues, content, negated),
        holder=antecedent(syntax, holder).i if holder is not None else None,
        head=verb.i,
        credit=_credit_span(syntax, verb, source, cue_tokens, credit_start),
        behind=content.behind if content else False,
        takes_quote="quote" in cue.takes,
        beside=spans_of(syntax, beside | source, trim=False),
        speech=cue.speech,
    )


def _credit_span(
    syntax: Syntax, verb: Token, source: set[int], cue_tokens: set[int], credit_start: int
) -> tuple[int, int]:
    near = {k for k in source | cue_tokens if k >= credit_start} or {verb.i}
    return syntax.tokens[min(near)].start, syntax.tokens[max(near)].end


def _force(syntax: Syntax, verb: Token, cue: VerbCue, cues: Cues, content: Content | None, negated: bool) -> str:
    force = cue.force_of(content.complement) if content is not None else cue.force
    if verb.lemma in cues.withholding and content is not None and content.complement == "infinitive":
        below = next((t for t in syntax.children(verb.i, "xcomp")), None)
        inner = cues.verb(below.lemma) if below is not None else None
        if inner is not None and inner.speech:
            return "withhold"
    if negated:
        return str(cues.negated.get(force, force))  # type: ignore[call-overload]
    return str(force)


def _quoted_as(syntax: Syntax, verb: Token) -> Token | None:
    """The passive above "saying" in "was quoted as saying"."""
    preposition = syntax.tokens[verb.head]
    if verb.dep != "pcomp" or preposition.lower != "as" or verb.tag != "VBG":
        return None
    above = syntax.tokens[preposition.head]
    return above if is_verb(above) else None


def _holder(syntax: Syntax, verb: Token, passive: bool, quoted_by: Token | None) -> Token | None:
    if quoted_by is not None:
        if is_passive(syntax, quoted_by):
            return next(syntax.children(quoted_by.i, "nsubjpass", "nsubj"), None)
        return next(syntax.children(quoted_by.i, "dobj"), None)
    if passive:
        return agent(syntax, verb)
    found = subject(syntax, verb)
    if found is not None and (found.lower == "there" or (found.tag == "DT" and found.lower in _POINTERS)):
        return None
    return found


def _source_tokens(syntax: Syntax, holder: Token, verb: Token) -> list[int]:
    tokens = syntax.subtree(holder.i)
    if verb.i in tokens:
        below = {verb.i}
        for above in syntax.ancestors(verb.i):
            if above.i == holder.i:
                break
            below.add(above.i)
        top = next(k for k in below if syntax.tokens[k].head == holder.i)
        tokens = sorted(set(tokens) - set(syntax.subtree(top)))
    if holder.tag == "PRP" or holder.tag[:1] == "W":
        return [holder.i]
    # "the state agency IRNA" may be two subjects to the parser
    for other in syntax.children(holder.head, "nsubj", "nsubjpass"):
        reach = syntax.subtree(other.i)
        if other.i != holder.i and reach[-1] + 1 == tokens[0] and holder.tag[:3] == "NNP":
            tokens = reach + tokens
    return tokens


def _charge_under_agent(syntax: Syntax, holder: Token, cue: VerbCue) -> set[int]:
    """ "was accused by the council of arson": "of arson" may hang from the accuser."""
    charges = [p for p in syntax.children(holder.i, "prep") if p.lower == "of" and "of" in cue.object_prepositions]
    return {k for p in charges for k in syntax.subtree(p.i)}


def _credit_start(syntax: Syntax, verb: Token, group: list[int], source: set[int]) -> int:
    """The token at which source and verb together begin, where the source stands right before the verb."""
    begin = first_auxiliary(group, verb.i)
    left = [k for k in source if k < begin]
    if not left:
        return begin
    run = max(left)
    if begin - run > 6 and not _only_aside(syntax, run, begin):
        return begin
    while run - 1 in source:
        run -= 1
    return run


def _only_aside(syntax: Syntax, run: int, begin: int) -> bool:
    return syntax.tokens[run + 1].text == "," and syntax.tokens[begin - 1].text == ","


def _with_passive_subject(
    syntax: Syntax, verb: Token, cue: VerbCue, content: Content | None, holder: Token | None
) -> Content | None:
    """ "Iran is said to be ready": the subject is part of what is said; of "was rejected by X" it is all of it."""
    patient = next(syntax.children(verb.i, "nsubjpass", "nsubj"), None)
    if patient is None or (cue.hearer and "clause" in cue.takes):
        return content
    if patient.lower in _EXPLETIVE and (content is not None or holder is None):
        return content
    tokens = frozenset(syntax.subtree(patient.i))
    if content is None:
        takes = cue.takes & {"object", "small"}
        return Content(tokens, "object") if takes and holder is not None else None
    if content.complement == "clause" or content.behind:
        return content
    return Content(content.tokens | tokens, content.complement, content.joins)


def _may_lack_source(syntax: Syntax, verb: Token, passive: bool, content: Content | None) -> bool:
    """Only a passive hides who says it: "is reported to ...", "it was announced that ..."."""
    if not passive or content is None or verb.dep in ("acl", "amod"):
        return False
    if content.complement not in ("clause", "object_infinitive"):
        return False
    return own_subject(syntax, verb) is not None
