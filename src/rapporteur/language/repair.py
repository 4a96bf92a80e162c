"""Mends attachments that small English pipelines get wrong in ways that grammar alone shows.

Each rule states an impossibility ("a finite verb is no conjunct of a gerund") and the reading that remains.
"""

from __future__ import annotations

from collections.abc import Sequence

_FINITE = ("VBD", "VBZ", "VBP", "MD")


def repair(tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """Mend ``deps`` and ``heads`` (indices; the root's head is itself) of one sentence in place."""
    for i, tag in enumerate(tags):
        if deps[i] == "conj" and (tag in _FINITE or _has_auxiliary(i, deps, heads, tags)):
            _finite_conjunct(i, tags, deps, heads)
            _conjunct_after_relative(i, tags, deps, heads)
        elif deps[i] == "amod" and tag == "VBN" and i > 0 and tags[i - 1] == "CC":
            _participle_after_and(i, tags, deps, heads)
        elif deps[i] == "conj" and tag == "JJ":
            _adjective_of_second_noun(i, tags, deps, heads)
        elif deps[i] == "amod" and tag == "VBD":
            _finite_modifier(i, tags, deps, heads)


def rejoin(words: Sequence[str], tags: list[str], deps: list[str], heads: list[int]) -> frozenset[int]:
    """Mend, in place, "agreed to re-open ties" where the prefix was taken for the verb: the word behind the hyphen is
    it, with all that hung from the prefix.

    Args:
        words: the tokens in lower case.

    Returns:
        The tokens that are verbs with "re" before them.
    """
    joined = []
    for i in range(len(words) - 2):
        if words[i] != "re" or words[i + 1] != "-" or tags[i][:1] != "V":
            continue
        verb = i + 2
        noun = heads[verb] if deps[verb] in ("amod", "compound") else None
        above = [heads[i], heads[noun]] if noun is not None else [heads[i]]
        if tags[verb][:1] not in "VJNR" or i in above[1:] or above[0] in (i, i + 1, verb):
            continue
        tags[verb], deps[verb], heads[verb] = tags[i], deps[i], heads[i]
        for k, head in enumerate(heads):
            if k in (i, i + 1) or (head in (i, i + 1) and k != verb):
                heads[k] = verb
        deps[i] = deps[i + 1] = "punct"
        if noun is not None and noun > verb:
            heads[noun], deps[noun] = verb, "dobj"
        joined.append(verb)
    return frozenset(joined)


def _finite_conjunct(i: int, tags: Sequence[str], deps: Sequence[str], heads: list[int]) -> None:
    """ "accused India of sending troops and blamed it": *blamed* goes with *accused*, not with *sending*."""
    head = heads[i]
    if tags[head] not in ("VBG", "VB", "NN", "NNS", "NNP") or _has_auxiliary(head, deps, heads, tags):
        return
    seen = 0
    while heads[head] != head and seen < 30:
        head = heads[head]
        seen += 1
        if tags[head] in _FINITE or _has_auxiliary(head, deps, heads, tags):
            heads[i] = head
            return


def _adjective_of_second_noun(i: int, tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """ "between Iran and European powers": a name and a phrase, not two words that say which powers."""
    first = heads[i]
    noun = heads[first]
    if tags[first] != "NNP" or deps[first] not in ("nmod", "compound") or tags[noun] not in ("NNS", "NNPS") or noun < i:
        return
    if any(deps[k] == "det" for k in _below(noun, heads)):
        return
    heads[first], deps[first] = heads[noun], deps[noun]
    if heads[noun] == noun:
        heads[first] = first
    heads[noun], deps[noun] = first, "conj"
    heads[i], deps[i] = noun, "amod"
    for k in _below(noun, heads):
        if k < first:
            heads[k] = first


def _conjunct_after_relative(i: int, tags: Sequence[str], deps: Sequence[str], heads: list[int]) -> None:
    """ "was critical of the raid, which it calls illegal, and has halted trade": the comma before *and* closes the
    relative clause, so that *halted*, without a subject of its own, goes with *was*."""
    below = _below(i, heads)
    if any(deps[k] in ("nsubj", "nsubjpass") for k in below):
        return
    first = min([i, *(k for k in below if deps[k] in ("aux", "auxpass", "advmod", "neg") and k < i)])
    if first < 2 or tags[first - 1] != "CC" or tags[first - 2] != ",":
        return
    clause = heads[i]
    seen = 0
    while deps[clause] != "relcl" and heads[clause] != clause and seen < 30:
        clause = heads[clause]
        seen += 1
    if deps[clause] != "relcl":
        return
    outer = heads[clause]
    while tags[outer][:1] not in "VM" and heads[outer] != outer:
        outer = heads[outer]
    if tags[outer][:1] in "VM" and outer < i:
        heads[i] = outer


def _finite_modifier(i: int, tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """ "the states known as the Nine signed a pact": a finite verb describes no noun; where the sentence has no other
    verb, *signed* is it, *pact* its object, and *the Nine* ends the phrase before it."""
    noun, name = heads[i], i - 1
    outer = heads[noun]
    root = next(k for k, head in enumerate(heads) if head == k)
    if noun < i or outer >= name or tags[name][:2] != "NN" or tags[root][:1] in "VM":
        return
    subject = outer
    while heads[subject] != subject and heads[subject] < i:
        subject = heads[subject]
    if tags[subject][:2] not in ("NN", "PR"):
        return
    for k in _below(noun, heads):
        if k < i and k != name:
            heads[k] = name
    heads[name], deps[name] = outer, "pobj" if tags[outer] == "IN" else deps[noun]
    heads[noun], deps[noun] = i, "dobj"
    if root not in (subject, i):
        heads[root], deps[root] = noun, "appos"
    heads[i], deps[i] = i, "ROOT"
    heads[subject], deps[subject] = i, "nsubj"
    for k in range(noun + 1, len(heads)):
        if heads[k] < i:
            heads[k] = noun if deps[k] == "appos" else i


def _has_auxiliary(i: int, deps: Sequence[str], heads: Sequence[int], tags: Sequence[str]) -> bool:
    return tags[i][:1] == "V" and any(
        h == i and deps[k] in ("aux", "auxpass") and tags[k] in _FINITE for k, h in enumerate(heads)
    )


def _participle_after_and(i: int, tags: Sequence[str], deps: list[str], heads: list[int]) -> None:
    """ "recalled its envoy and suspended aid": a second verb with its object, not an adjective on a second noun."""
    noun = heads[i]
    if deps[noun] != "conj":
        return
    first = heads[noun]
    verb = heads[first]
    if deps[first] != "dobj" or tags[verb] not in ("VBD", "VBN") or any(deps[k] == "det" for k in _below(noun, heads)):
        return
    heads[i], deps[i] = verb, "conj"
    heads[noun], deps[noun] = i, "dobj"


def _below(i: int, heads: Sequence[int]) -> list[int]:
    return [k for k, h in enumerate(heads) if h == i and k != i]
