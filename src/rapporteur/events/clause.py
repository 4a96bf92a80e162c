"""Who does what in a clause, whatever its form.

``Clauses`` turns one sentence's dependencies into the agent, patient and prepositional arguments of any verb:
passives, relative clauses, participles, control ("agreed to withdraw"), and conjunction are undone here, so that the
frames state the active form only. All results are token indices.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property

from rapporteur.language.syntax import Syntax, Token

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_OBJECTS = ("dobj", "dative", "attr", "oprd")
_RELATIVE = ("WDT", "WP", "WP$")
#: Prepositions that belong to a time: "a day after the vote", "the end of May".
_OF_TIMES = ("after", "before", "since", "until", "in", "at")
_FUTURE = ("will", "shall", "would", "'ll", "’ll", "'d", "’d", "wo")


class Clauses:
    """The clause structure of one sentence. ``words`` are the shared word classes of ``classes.yaml``."""

    def __init__(self, syntax: Syntax, words: Mapping[str, frozenset[str]]) -> None:
        self.syntax = syntax
        self.tokens = syntax.tokens
        self._quantity = words.get("quantity", frozenset())
        self.times = words.get("times", frozenset())
        self.acts = words.get("acts", frozenset())
        self.people = words.get("people", frozenset())
        self._force = words.get("force", frozenset())
        self._object_control = words.get("object_control", frozenset())
        self._agents: dict[int, tuple[int, ...]] = {}

    # -- voice -------------------------------------------------------------------------------------------------

    def passive(self, v: int) -> bool:
        """Is this verb form passive: "was arrested", "the men arrested by police", "were tried and jailed"?"""
        token = self.tokens[v]
        if self._caused(token):
            return True
        if any(self.syntax.children(v, "nsubjpass", "auxpass")):
            return True
        if any(self.syntax.children(v, "agent")):  # "cut by an hour the curfew" is active
            return not any(self.syntax.children(v, "dobj"))
        for child in self.syntax.children(v):
            if child.dep == "nsubj" or (child.dep == "aux" and child.lemma in ("have", "do")):
                return False
        if token.tag == "VBN" and token.dep in ("acl", "advcl", "amod", "relcl"):
            return not any(self.syntax.children(v, "dobj"))
        if token.dep == "conj" and token.tag in ("VBN", "VBD"):
            head = self.tokens[token.head]
            return head.tag == "VBN" and not any(self.syntax.children(v, "dobj")) and self.passive(head.i)
        return False

    def _caused(self, token: Token) -> bool:
        """ "had their homes confiscated": done to the clause's subject, although nothing marks the passive."""
        head = self.tokens[token.head]
        governed = token.dep == "ccomp" and token.tag == "VBN" and head.lemma in ("have", "get", "see", "find")
        return governed and not any(self.syntax.children(token.i, "aux", "auxpass", "dobj"))

    def describes(self, v: int) -> bool:
        """Is verb ``v`` a participle that tells who somebody is ("forces fighting the rebels")? Behind a comma it tells
        something of them."""
        token = self.tokens[v]
        first = min([v, *(t.i for t in self.syntax.children(v, "advmod", "neg"))])
        return token.dep in ("acl", "amod") and token.tag in ("VBG", "VBN") and self.tokens[first - 1].text != ","

    def future(self, v: int) -> bool:
        """Does verb ``v`` stand in the future: "will strike", "is going to strike", "said it would go on striking"?"""
        token = self.tokens[v]
        if any(t.lower in _FUTURE for t in self.syntax.children(v, "aux")):
            return True
        head = self.tokens[token.head]
        if token.dep == "conj" and not any(self.syntax.children(v, *_SUBJECTS, "aux")):
            return head.tag[:1] in "VM" and self.future(head.i)
        if token.dep != "xcomp" or head.lemma not in ("go", "continue", "keep"):
            return False
        return (head.lemma == "go" and head.tag == "VBG") or self.future(head.i)

    # -- arguments ---------------------------------------------------------------------------------------------

    def agents(self, v: int) -> tuple[int, ...]:
        """Heads of the noun phrases that do what verb ``v`` says, conjuncts expanded."""
        if v not in self._agents:
            self._agents[v] = ()  # a malformed cycle of clauses ends here
            found = self._by_phrase(v) if self.passive(v) else self._subjects(v)
            self._agents[v] = self.expand(found)
        return self._agents[v]

    def patients(self, v: int) -> tuple[int, ...]:
        """Heads of the object noun phrases of ``v`` (the subject of a passive), conjuncts expanded."""
        token = self.tokens[v]
        found = [t.i for t in self.syntax.children(v, *_OBJECTS) if t.dep in ("dobj", "dative") or t.tag != "JJ"]
        if token.dep == "relcl" and any(self.syntax.children(v, "xcomp")):
            found = [i for i in found if self.tokens[i].tag not in _RELATIVE]  # "which it denies wanting to build"
        if token.dep == "relcl":  # "the treaty that Iran signed"
            found = [token.head if self.tokens[i].tag in _RELATIVE else i for i in found]
        if self.passive(v):
            found += self._subjects(v)
        found += self._small_clause(v)
        if not found and token.dep == "relcl":
            found += self._relative_object(v)
        if not found and not self.passive(v):
            found += self._shared_object(v)
        return self.expand(found)

    def _subjects(self, v: int) -> list[int]:
        """The (surface) subject, own or inherited; relative pronouns give way to what they stand for."""
        own = [t.i for t in self.syntax.children(v, *_SUBJECTS)]
        token = self.tokens[v]
        if own:
            if token.dep == "relcl" and self.tokens[own[0]].tag in _RELATIVE:
                return [self._antecedent(token.head, self.tokens[own[0]])]
            return own
        if token.dep == "conj":
            return self._subjects(token.head)
        if token.dep in ("acl", "amod"):
            if self.tokens[v].tag in ("VBG", "VBN", "VBD"):
                return [token.head]
            return self.owners(token.head)
        if token.dep in ("xcomp", "ccomp"):
            return self._controller(token)
        if token.dep in ("acomp", "oprd") and token.tag[:1] == "J" and token.head != v:  # "is likely to": of the verb
            return list(self._surface(token.head))
        if token.dep == "advcl":
            return list(self._surface(token.head))
        if token.dep == "pcomp":
            return self._gerund_subjects(token)
        if token.dep == "aux" and token.head != v:
            return self._subjects(token.head)
        return []

    def _antecedent(self, noun: int, pronoun: Token) -> int:
        """ "the operation in Gaza, which killed ...": what happened in the place, not the place, did it."""
        token = self.tokens[noun]
        prep = self.tokens[token.head]
        outer = self.tokens[prep.head]
        placed = token.dep == "pobj" and prep.lower in ("in", "on", "at", "near", "against")
        return outer.i if placed and pronoun.lower == "which" and outer.lemma in self.acts else noun

    def _surface(self, v: int) -> tuple[int, ...]:
        """The subject that a participle or infinitive hanging from ``v`` shares."""
        head = self.tokens[v]
        if head.tag[:1] != "V" and head.tag != "MD":
            return tuple(self._subjects(v)) or tuple(self.owners(v))
        return tuple(self._subjects(v)) or self.agents(v)

    def _controller(self, token: Token) -> list[int]:
        """Who is to do what an infinitive says: the object of urge, allow or force; else the subject."""
        head = self.tokens[token.head]
        objects = [t.i for t in self.syntax.children(head.i, "dobj", "dative")]
        if objects and (head.lemma in self._object_control or head.lemma not in ("promise", "threaten", "vow")):
            return objects
        if self.passive(head.i) and head.lemma in self._object_control:
            return self._subjects(head.i)
        if token.dep == "ccomp":
            return []
        return list(self._surface(head.i))

    def _gerund_subjects(self, token: Token) -> list[int]:
        """ "accused Iran of arming": the object; "after meeting": the subject of the clause."""
        prep = self.tokens[token.head]
        head = self.tokens[prep.head]
        if head.tag[:1] == "V":
            objects = [t.i for t in self.syntax.children(head.i, "dobj")]
            if prep.lower in ("of", "from", "for", "into") and objects:
                return objects
            if prep.lower in ("of", "from", "for", "into") and self.passive(head.i):
                return self._subjects(head.i)
            return list(self._surface(head.i))
        return self.owners(head.i)

    def _by_phrase(self, v: int) -> list[int]:
        """Who stands in the by-phrase; that of the last of several passives is for all: "trained and armed by Iran"."""
        for verb in (v, *(t.i for t in self.syntax.children(v, "conj") if t.tag == "VBN" and self._bare(t.i))):
            phrases = [p for p in self.syntax.children(verb, "agent", "prep") if p.lower == "by"]
            if phrases:
                return [t.i for p in phrases for t in self._objects_of(p.i)]
        return []

    def _bare(self, v: int) -> bool:
        return not any(self.syntax.children(v, *_SUBJECTS, "aux", "auxpass"))

    def _small_clause(self, v: int) -> list[int]:
        """ "called the raid racist": what is called, and what it is called."""
        found: list[int] = []
        for child in self.syntax.children(v, "ccomp", "xcomp", "oprd"):
            subjects = [t.i for t in self.syntax.children(child.i, "nsubj")]
            if child.tag[:1] in "JN" and subjects and not any(self.syntax.children(child.i, "aux", "mark")):
                found += [*subjects, child.i]
        return found

    def _relative_object(self, v: int) -> list[int]:
        """ "the deal (that) Iran signed": the antecedent, unless the relative pronoun is the subject."""
        subjects = list(self.syntax.children(v, *_SUBJECTS))
        if subjects and subjects[0].tag not in _RELATIVE:
            return [self.tokens[v].head]
        return []

    def _shared_object(self, v: int) -> list[int]:
        """ "blocked or delayed the vote": the first verb's object is the second's, where nothing stands between."""
        for child in self.syntax.children(v, "conj"):
            if child.tag[:1] == "V":
                between = [t for t in self.syntax.children(v) if v < t.i < child.i and t.dep not in ("cc", "punct")]
                if not between:
                    return [t.i for t in self.syntax.children(child.i, "dobj")]
        return []

    def owners(self, n: int) -> list[int]:
        """Who holds the thing that noun ``n`` names: its possessor, its ``by``/``of``-phrase, the supporting verb's
        subject ("Iran made a pledge to ...")."""
        found = [t.i for t in self.syntax.children(n, "poss")]
        if found:
            return found
        found = [
            t.i for p in self.syntax.children(n, "prep", "agent") if p.lower == "by" for t in self._objects_of(p.i)
        ]
        if not found and any(t.tag == "VB" for t in self.syntax.children(n, "acl")):  # "the decision of Iran to leave"
            found = [f for _, f in self.prepositional(n, ("of",)) if self.tokens[f].tag != "VBG"]
        token = self.tokens[n]
        head = self.tokens[token.head]
        if not found and token.dep in ("dobj", "attr") and head.tag[:1] == "V":
            return list(self.agents(head.i))
        if not found and token.dep == "pobj" and head.lower == "in" and self.tokens[head.head].tag[:1] == "V":
            return list(self.agents(head.head))  # "said in a letter urging ..."
        return found

    # -- prepositional phrases ---------------------------------------------------------------------------------

    def _objects_of(self, prep: int) -> Iterable[Token]:
        for child in self.syntax.children(prep, "pobj", "pcomp"):
            if child.tag == "IN" or (child.dep == "pcomp" and child.tag == "RB"):
                continue
            yield child
        for child in self.syntax.children(prep, "prep"):  # "out of", "from behind"
            yield from self._objects_of(child.i)

    def prepositional(self, i: int, words: Iterable[str]) -> list[tuple[int, int]]:
        """(preposition, filler) pairs below token ``i`` whose preposition is one of ``words``; conjuncts expanded.

        "pull out of": every link of a chain of prepositions counts.
        """
        wanted = frozenset(words)
        out: list[tuple[int, int]] = []
        stack = list(self.syntax.children(i, "prep", "agent", "dative", "prt", "advmod"))
        stack += self._behind_time(i, "npadvmod")
        while stack:
            prep = stack.pop(0)
            if prep.tag not in ("IN", "TO", "RP", "RB", "VBG") or prep.lower == "according":
                continue
            if prep.lower in wanted:
                direct = [t.i for t in self.syntax.children(prep.i, "pobj", "pcomp") if t.lemma not in self.times]
                out += [(prep.i, f) for f in self.expand(direct)]
            stack += list(self.syntax.children(prep.i, "prep", "conj"))
            stack += self._behind_time(prep.i, "pobj")
        return out

    def words_before(self, n: int, words: Collection[str]) -> Iterator[Token]:
        """Those of ``words`` that stand before noun ``n``: adjectives, compounds, possessors, numbers."""
        for child in self.syntax.children(n, "amod", "compound", "poss", "nmod", "nummod"):
            if child.lemma in words or child.lower in words:
                yield child

    def stands_before(self, n: int, words: Collection[str]) -> bool:
        return any(self.words_before(n, words))

    def _behind_time(self, i: int, dep: str) -> list[Token]:
        """Prepositions that the parser hung on a time: "the arrest last week | of a monk", "on Monday | with Iran"."""
        times = (t for t in self.syntax.children(i, dep) if t.lemma in self.times)
        return [p for t in times for p in self.syntax.children(t.i, "prep") if p.lower not in _OF_TIMES]

    # -- noun phrases ------------------------------------------------------------------------------------------

    def expand(self, heads: Iterable[int]) -> tuple[int, ...]:
        """The heads and all their conjuncts, in text order, quantities replaced by what they count."""
        out: list[int] = []
        stack = list(heads)
        while stack:
            i = stack.pop(0)
            if not self._sums_up(i):
                out.append(self.counted(i))
            stack = [t.i for t in self.syntax.children(i, "conj") if t.tag[:1] in "NPDJWC" or t.tag == "VBG"] + stack
        return tuple(dict.fromkeys(out))

    def _sums_up(self, i: int) -> bool:
        """Does the noun only say how many are listed behind it ("both sides, the army and Hamas")?"""
        token = self.tokens[i]
        first = next(self.syntax.children(i, "conj"), None)
        if (
            token.tag not in ("NNS", "NNPS")
            or first is None
            or any(t.i < first.i for t in self.syntax.children(i, "cc"))
        ):
            return False
        counts = any(t.lower == "both" or t.tag == "CD" for t in self.syntax.children(i, "det", "nummod", "predet"))
        return counts and self.tokens[i + 1].text == ","

    def is_force(self, i: int) -> bool:
        """Is the noun one for soldiers, ships and the like?"""
        return self.tokens[i].lemma in self._force

    def is_act(self, i: int) -> bool:
        """Is the noun one for an act ("attack", "talks")?"""
        return self.tokens[i].lemma in self.acts

    def counted(self, i: int) -> int:
        """ "dozens of protesters" is about protesters: the head that a quantity word counts, else ``i`` itself."""
        token = self.tokens[i]
        if token.lemma in self._quantity or token.tag == "CD":
            for prep in self.syntax.children(i, "prep"):
                if prep.lower == "of":
                    for filler in self.syntax.children(prep.i, "pobj"):
                        return self.counted(filler.i)
        return i

    def expand_verbs(self, v: int) -> tuple[int, ...]:
        """Verb ``v`` and its conjuncts: "to leave or suspend"."""
        return (v, *(t.i for t in self.syntax.children(v, "conj") if t.tag[:1] == "V"))

    @cached_property
    def depth(self) -> tuple[int, ...]:
        """Distance of each token from the root."""
        return tuple(sum(1 for _ in self.syntax.ancestors(t.i)) for t in self.tokens)
