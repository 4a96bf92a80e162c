"""Credits whose cue is no verb: "according to X", "X's claim that ...", "is confident that ...", "in X's view"."""

from __future__ import annotations

from collections.abc import Iterator

from rapporteur.knowledge.cues import Cues, NounCue, Phrase
from rapporteur.language.syntax import Syntax, Token
from rapporteur.sourcing.clause import antecedent, infinitive_mark, is_verb, subject, verb_group
from rapporteur.sourcing.draft import Draft, spans_of

_FRAMING = frozenset(("in", "by", "to"))
_COPULAS = frozenset(("be", "seem", "remain", "appear", "become", "feel", "sound", "look", "stay", "get", "grow"))
_BY = frozenset(("by", "from", "among"))


def nominal_drafts(syntax: Syntax, cues: Cues) -> Iterator[Draft]:
    """The sentence's credits by phrase, noun or adjective, in text order."""
    for token in syntax.tokens:
        draft: Draft | None = None
        if token.tag[:2] == "NN" and token.tag[:3] != "NNP":
            if token.lemma in cues.framing_nouns:
                draft = _framed(syntax, token)
            noun = cues.noun(token.lemma) if draft is None else None
            if noun is not None:
                draft = _noun(syntax, token, noun, cues)
        elif token.tag[:1] in ("J", "V") and token.dep in ("acomp", "attr", "oprd", "ROOT", "conj", "ccomp"):
            adjective = cues.adjective(token.lower)
            if adjective is not None:
                draft = _adjective(syntax, token, adjective, cues)
        if draft is None:
            phrase = _phrase_at(syntax, token, cues)
            draft = _phrased(syntax, token, phrase) if phrase is not None else None
        if draft is not None:
            yield draft


# --- according to X


def _phrase_at(syntax: Syntax, token: Token, cues: Cues) -> Phrase | None:
    for phrase in cues.phrases:
        if token.lower == phrase.words[0]:
            here = tuple(t.lower for t in syntax.tokens[token.i : token.i + len(phrase.words)])
            if here == phrase.words:
                return phrase
    return None


def _phrased(syntax: Syntax, first: Token, phrase: Phrase) -> Draft | None:
    last = first.i + len(phrase.words) - 1
    holder = next(syntax.children(last, "pobj", "pcomp"), None)
    if holder is None:
        return None
    cue = set(range(first.i, last + 1))
    source = set(syntax.subtree(holder.i)) - cue
    content = _host(syntax, first, cue | source)
    if not content:
        return None
    return _made(syntax, phrase.force, cue, source, content, holder, first.i)


def _host(syntax: Syntax, first: Token, credit: set[int]) -> set[int]:
    """The clause that a credit of this kind qualifies: the whole sentence from either end, else the nearest clause."""
    inner = [t.i for t in syntax.tokens if t.text not in (".", "”", "“", '"', "''", "``", ",", "!", "?")]
    everything = set(range(len(syntax.tokens)))
    if inner and (inner[-1] in credit or (inner[0] in credit and not _is_inner_start(syntax, first))):
        return everything - credit
    for above in syntax.ancestors(first.i):
        if is_verb(above):
            return set(syntax.subtree(above.i)) - credit
    return everything - credit


def _is_inner_start(syntax: Syntax, first: Token) -> bool:
    head = syntax.tokens[first.head]
    return head.dep in ("ccomp", "xcomp") and head.i > first.i and syntax.tokens[head.head].i > head.i


# --- in X's view


def _framed(syntax: Syntax, noun: Token) -> Draft | None:
    owner = next(syntax.children(noun.i, "poss"), None)
    preposition = syntax.tokens[noun.head]
    if owner is None or noun.dep != "pobj" or preposition.lower not in _FRAMING or preposition.dep != "prep":
        return None
    if noun.lemma in ("eye",) and preposition.lower != "in":
        return None
    cue = {preposition.i, noun.i} | {c.i for c in syntax.children(noun.i, "amod")}
    source = _owner_tokens(syntax, owner)
    content = _host(syntax, preposition, set(syntax.subtree(preposition.i)))
    if not content or preposition.lower == "to":
        return None
    return _made(syntax, "believe", cue, source, content, owner, noun.i)


def _owner_tokens(syntax: Syntax, owner: Token) -> set[int]:
    return {k for k in syntax.subtree(owner.i) if syntax.tokens[k].tag != "POS"}


# --- X's claim that ..., X issued a warning that ...


def _noun(syntax: Syntax, noun: Token, entry: NounCue, cues: Cues) -> Draft | None:
    found = _noun_content(syntax, noun, entry)
    if found is None:
        return None
    content, joins = found
    held = _noun_holder(syntax, noun, cues)
    if held is None:
        return None
    holder, source, extra = held
    cue = {noun.i, *joins, *extra}
    force = entry.force
    if force == "assert" and any(syntax.tokens[k].tag == "TO" for k in sorted(content)[:2]):
        force = "intend"  # "its answer was to close the border" tells what it does, not what it says
    return _made(syntax, force, cue, source - cue, content - source - cue, holder, noun.i)


def _noun_content(syntax: Syntax, noun: Token, entry: NounCue) -> tuple[set[int], list[int]] | None:
    for clause in syntax.children(noun.i, "acl", "ccomp", "relcl", "xcomp"):
        marked = any(c.lower in ("that", "whether") and c.dep == "mark" for c in syntax.children(clause.i))
        if clause.i > noun.i and (marked or infinitive_mark(syntax, clause) is not None):
            return set(syntax.subtree(clause.i)), []
    head = syntax.tokens[noun.head]
    if noun.dep == "nsubj" and head.lemma == "be":
        for clause in syntax.children(head.i, "ccomp", "xcomp"):
            if clause.i > head.i:
                return set(syntax.subtree(clause.i)), [head.i]
    for preposition in syntax.children(noun.i, "prep"):
        if preposition.i > noun.i and preposition.lower in entry.prepositions:
            tokens = set(syntax.subtree(preposition.i)) - {preposition.i}
            if tokens:
                return tokens, [preposition.i]
    return None


def _noun_holder(syntax: Syntax, noun: Token, cues: Cues) -> tuple[Token, set[int], list[int]] | None:
    """Whose claim it is: possessor, "by X", or the subject of the verb that carries the noun."""
    for owner in syntax.children(noun.i, "poss"):
        return owner, _owner_tokens(syntax, owner), []
    for preposition in syntax.children(noun.i, "prep"):
        if preposition.lower in _BY:
            for owner in syntax.children(preposition.i, "pobj"):
                return owner, set(syntax.subtree(owner.i)), []
    head = syntax.tokens[noun.head]
    if noun.dep == "dobj" and is_verb(head) and head.lemma in cues.light:
        holder = subject(syntax, head)
        if holder is not None:
            group, _ = verb_group(syntax, head, cues)
            source = set(syntax.subtree(holder.i)) - set(syntax.subtree(noun.i))
            if head.i in source:
                source -= set(syntax.subtree(head.i))
            return holder, source, group
    return None


# --- is confident that ...


def _adjective(syntax: Syntax, word: Token, entry: NounCue, cues: Cues) -> Draft | None:
    verb = syntax.tokens[word.head] if word.dep in ("acomp", "attr", "oprd") else word
    if verb.i != word.i and verb.lemma not in _COPULAS:
        return None
    if verb.i == word.i and not any(True for _ in syntax.children(word.i, "auxpass", "cop")):
        return None
    found = _adjective_content(syntax, word, verb, entry)
    holder = next(syntax.children(verb.i, "nsubj", "nsubjpass"), None) or subject(syntax, verb)
    if found is None or holder is None or holder.lower in ("it", "there", "this", "that"):
        return None
    content, joins = found
    group, _ = verb_group(syntax, verb, cues)
    cue = {*group, word.i, *joins}
    source = set(syntax.subtree(holder.i)) - set(syntax.subtree(word.i)) - content
    return _made(syntax, entry.force, cue, source - cue, content - cue, holder, word.i)


def _adjective_content(syntax: Syntax, word: Token, verb: Token, entry: NounCue) -> tuple[set[int], list[int]] | None:
    for anchor in dict.fromkeys((word.i, verb.i)):
        for clause in syntax.children(anchor, "ccomp", "xcomp", "advcl"):
            if clause.i > word.i and (clause.dep != "advcl" or _that_or_to(syntax, clause)):
                return set(syntax.subtree(clause.i)), []
        for preposition in syntax.children(anchor, "prep", "agent"):
            if preposition.i > word.i and preposition.lower in entry.prepositions:
                tokens = set(syntax.subtree(preposition.i)) - {preposition.i}
                if tokens:
                    return tokens, [preposition.i]
    return None


def _that_or_to(syntax: Syntax, clause: Token) -> bool:
    return infinitive_mark(syntax, clause) is not None or any(
        c.lower == "that" for c in syntax.children(clause.i, "mark")
    )


def _made(
    syntax: Syntax, force: str, cue: set[int], source: set[int], content: set[int], holder: Token, head: int
) -> Draft:
    credit = spans_of(syntax, cue | source)
    return Draft(
        sentence=syntax.sentence,
        source=spans_of(syntax, source),
        cue=spans_of(syntax, cue),
        content=spans_of(syntax, content),
        force=force,
        holder=antecedent(syntax, holder).i,
        head=head,
        credit=(credit[0][0], credit[-1][1]),
        beside=spans_of(syntax, source),
    )
