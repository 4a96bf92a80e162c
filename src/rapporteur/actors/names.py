"""Names that the registry does not know: whose they are is told by titles and apposition, and remembered."""

from __future__ import annotations

from dataclasses import replace

from rapporteur.actors.nounphrase import inner
from rapporteur.actors.nouns import Noun, Nouns
from rapporteur.actors.phrases import Phrases
from rapporteur.actors.referent import Referent
from rapporteur.knowledge.registry import fold
from rapporteur.language import Syntax, Token

_SHORTEST_ACRONYM, _LONGEST_ACRONYM = 2, 6


class NameMemory:
    """The unknown names of one article, by full name and by last name."""

    def __init__(self, phrases: Phrases, nouns: Nouns) -> None:
        self._address = phrases.address
        self._male, self._female = phrases.male_names, phrases.female_names
        self._nouns = nouns
        self._official = self._address.office.union(*self._address.political.values())
        self._titles = self._official | self._address.male | self._address.female | self._address.neutral
        self._by_name: dict[str, Referent] = {}

    def is_female(self, name: str) -> bool | None:
        """Whether a full name or title is a woman's; None where it tells nothing."""
        parts = fold(name).lower().replace(".", "").split()
        if any(p in self._address.female for p in parts[:1]) or (len(parts) > 1 and parts[0] in self._female):
            return True
        if any(p in self._address.male for p in parts[:1]) or (len(parts) > 1 and parts[0] in self._male):
            return False
        return None

    def is_person_name(self, syntax: Syntax, first: int, last: int) -> bool:
        """Whether the name from token ``first`` to ``last`` begins with a given name or a form of address."""
        if first == last:
            return False
        word = _plain(syntax.tokens[first])
        return word in self._male or word in self._female or word in self._titles

    def kind_of(self, syntax: Syntax, first: int, last: int) -> str:
        """``person``, ``org`` or ``unknown``, by the name's own words."""
        head = syntax.tokens[last]
        if self.is_person_name(syntax, first, last):
            return "person"
        parts = [t for t in syntax.tokens[first : last + 1] if t.tag in ("NNP", "NNPS")]
        determined = any(c.dep == "det" for c in syntax.children(last))
        if determined or head.tag == "NNPS" or (head.text.isupper() and len(head.text) >= _SHORTEST_ACRONYM):
            return "org"
        nouns = [self._nouns.word(t.lower.rstrip(".")) for t in parts[:-1]]
        if any(n is not None and n.kind == "person" for n in nouns) or len(parts) > 1:
            return "person"
        return "unknown"

    def is_namelike(self, kind: str, head: Token) -> bool:
        """Whether an unknown name surely names somebody: a person's, or one acronym (not any capitalised words)."""
        acronym = head.text.isupper() and _SHORTEST_ACRONYM <= len(head.text) <= _LONGEST_ACRONYM and head.tag == "NNP"
        return kind == "person" or acronym

    def title(self, syntax: Syntax, i: int) -> Noun | None:
        """The title before the name headed by ``i`` ("foreign minister", "Sen."), or None."""
        found = None
        for modifier in inner(syntax, i):
            noun = self._nouns.word(modifier.lemma) or self._nouns.word(modifier.lower.rstrip("."))
            if noun is not None and noun.kind == "person":
                found = noun
            elif _plain(modifier) in self._official:
                found = Noun(_plain(modifier), "person", None, True)
        return found

    def code_by_custom(self, syntax: Syntax, i: int) -> str | None:
        """The country whose custom a title or bracket follows: "Sen.", "(R-Ohio)"."""
        for modifier in inner(syntax, i):
            for code, titles in self._address.political.items():
                if _plain(modifier) in titles and modifier.tag == "NNP":
                    return code
        for other in syntax.children(i, "appos", "nmod", "parataxis"):
            for part in (*syntax.children(other.i, "compound", "nmod"), other):
                for code, letters in self._address.bracketed.items():
                    if part.lower in letters and syntax.tokens[part.i - 1].text == "(":
                        return code
        return None

    def known(self, syntax: Syntax, first: int, last: int) -> Referent | None:
        """The remembered bearer of the name from ``first`` to ``last``: of the same full name, or of one that ends so
        ("Takht-Ravanchi" after "Majid Takht-Ravanchi", but not "Anna Smith" after "John Smith")."""
        return self._by_name.get(self._full(syntax, first, last))

    def holds(self, token: Token) -> bool:
        """Whether a capitalised word that the tagger took for a common noun is a name the text has brought before."""
        return token.text[:1].isupper() and _plain(token) in self._by_name

    def learn(self, syntax: Syntax, first: int, last: int, kind: str, code: str | None, title: Noun | None) -> Referent:
        """Remember a name with what its first full mention tells of it."""
        text = " ".join(t.text for t in syntax.tokens[first : last + 1])
        full = self._full(syntax, first, last)
        before = self._by_name.get(full)
        referent = Referent(
            key=before.key if before else f"name:{full}",
            kind=kind,
            code=code,
            country=None if code in (None, "IGO", "NSA") else code,
            sector=title.sector if title else None,
            name=before.name if before else text,
            political=kind != "person" or bool(title and title.political),
            female=self.is_female(text),
            nouns=frozenset({title.lemma}) if title else frozenset(),
        )
        if before is not None:
            referent = _merged(before, referent)
        parts = full.split()
        for k in range(len(parts) if kind == "person" else 1):
            self._by_name[" ".join(parts[k:])] = referent
        for acronym in self._acronyms(syntax, last):
            self._by_name[acronym] = referent
        return referent

    def _acronyms(self, syntax: Syntax, last: int) -> list[str]:
        return [
            fold(c.text).lower()
            for c in syntax.children(last, "appos")
            if c.text.isupper() and len(c.text) >= _SHORTEST_ACRONYM and syntax.tokens[c.i - 1].text == "("
        ]

    def _full(self, syntax: Syntax, first: int, last: int) -> str:
        parts = [_plain(t) for t in syntax.tokens[first : last + 1] if t.tag in ("NNP", "NNPS") or t.i == last]
        while len(parts) > 1 and self._is_title(parts[0]):
            parts.pop(0)
        return " ".join(parts)

    def _is_title(self, word: str) -> bool:
        if word in self._titles:
            return True
        noun = self._nouns.word(word)
        return noun is not None and noun.kind in ("person", "organisation")


def _merged(before: Referent, now: Referent) -> Referent:
    return replace(
        before,
        code=before.code or now.code,
        country=before.country or now.country,
        sector=before.sector or now.sector,
        political=before.political or now.political,
        female=before.female if before.female is not None else now.female,
        nouns=before.nouns | now.nouns,
        kind=now.kind if before.kind == "unknown" else before.kind,
    )


def _plain(token: Token) -> str:
    return fold(token.lower).rstrip(".")
