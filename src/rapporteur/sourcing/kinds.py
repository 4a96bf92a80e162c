"""What kind of source is credited: somebody named, somebody unnamed, an organisation, an outlet, a document."""

from __future__ import annotations

from rapporteur.knowledge.cues import Cues, SourceWords
from rapporteur.language.syntax import Syntax, Token
from rapporteur.model import Party, SourceKind
from rapporteur.sourcing.draft import Draft

_INDEFINITE = frozenset(("a", "an", "some", "several", "many", "two", "three", "four", "few", "one", "another"))
_PERSON = frozenset(("he", "she", "i", "you", "who", "himself", "herself"))
_THING = frozenset(("it", "which", "that", "itself"))
_MANY = frozenset(("they", "we", "themselves", "these", "those", "both"))


class Kinds:
    """Tells kinds in text order; a pronoun has the kind of the last source that it can stand for."""

    def __init__(self, body: str, cues: Cues) -> None:
        self._body = body
        self._words: SourceWords = cues.sources
        self._person: SourceKind = "named"
        self._thing: SourceKind = "organisation"
        self._many: SourceKind = "organisation"

    def kind(self, draft: Draft, syntax: Syntax | None, party: Party | None) -> SourceKind:
        """The kind of the draft's source."""
        if not draft.source:
            return "none"
        head = syntax.tokens[draft.holder] if syntax is not None and draft.holder is not None else None
        if head is None or syntax is None:
            return self._of_party(party) or "named"
        if head.tag in ("PRP", "PRP$") or head.tag[:1] == "W":
            return self._of_party(party) or self._of_pronoun(head)
        kind = self._of_noun(syntax, head, party)
        if kind in ("named", "organisation") and self._keeps_name(draft, syntax, head):
            kind = "anonymous"
        self._remember(head, kind)
        return kind

    def _of_pronoun(self, head: Token) -> SourceKind:
        if head.lower in _PERSON or head.lower in ("his", "her", "my", "your"):
            return "named" if head.lower in ("i", "my", "you", "your") else self._person
        if head.lower in _MANY or head.lower in ("their", "our"):
            return self._many
        return self._thing

    def _remember(self, head: Token, kind: SourceKind) -> None:
        if head.tag in ("NNS", "NNPS") or head.lower in _INDEFINITE:
            self._many = kind
        elif kind in ("organisation", "document"):
            self._thing = kind
            self._many = kind
        elif kind != "outlet":
            self._person = kind

    def _of_party(self, party: Party | None) -> SourceKind | None:
        if party is None or party.entity is None:
            return None
        return self._words.entities.get(party.entity.partition(":")[0])

    def _of_noun(self, syntax: Syntax, head: Token, party: Party | None) -> SourceKind:
        words = self._words
        if head.tag[:3] != "NNP" and not _has_name_beside(syntax, head):
            common = self._of_common_noun(syntax, head)
            if common is not None:
                return common
        known = self._of_party(party)
        if known == "outlet" or (known is not None and _is_that(party, head)):
            return known
        name = self._body[head.start - 40 if head.start > 40 else 0 : head.end].lower()
        if head.lower in words.outlet_names or any(name.endswith(" " + n) for n in words.outlet_names if " " in n):
            return "outlet"
        if head.tag[:3] == "NNP":
            if head.lower in words.outlets:
                return "outlet"
            if head.lower in words.organisations or (head.text.isupper() and 1 < len(head.text) < 7):
                return "organisation"
        return known or "named"

    def _of_common_noun(self, syntax: Syntax, head: Token) -> SourceKind | None:
        words = self._words
        plural = head.tag == "NNS"
        if head.lemma in words.faceless or head.lower in words.faceless:
            return "anonymous"
        if head.lemma in words.spokespersons:
            return "anonymous" if plural else "organisation"
        if head.lemma in words.offices:
            determined = any(c.lower not in _INDEFINITE for c in syntax.children(head.i, "det", "poss"))
            return "named" if determined and not plural else "anonymous"
        if head.lemma in words.outlets:
            return "outlet"
        if head.lemma in words.organisations:
            of_news = any(c.lower in words.outlets for c in syntax.children(head.i, "compound", "nmod"))
            return "outlet" if of_news else "organisation"
        if head.lemma in words.documents:
            return "document"
        return None

    def _keeps_name(self, draft: Draft, syntax: Syntax, head: Token) -> bool:
        """Words beside the credit say that the source is not named; a name of its own speaks against it."""
        if head.tag[:3] == "NNP" or _has_name_beside(syntax, head):
            return False
        beside = " ".join(self._body[start:end] for start, end in draft.beside).lower()
        return any(words in beside for words in self._words.anonymity)


def _has_name_beside(syntax: Syntax, head: Token) -> bool:
    return any(c.tag[:3] == "NNP" for c in syntax.children(head.i, "appos"))


def _is_that(party: Party | None, head: Token) -> bool:
    return party is not None and party.start <= head.start < party.end
