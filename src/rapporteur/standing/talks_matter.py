"""What talks are about, in the text's own words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rapporteur.events.clause import Clauses
from rapporteur.knowledge.talks import TalksWords
from rapporteur.language.syntax import Token
from rapporteur.model import Span

_LONGEST = 24  # tokens; what is longer is a sentence of its own
_NOUNS = ("amod", "compound", "nmod", "nummod")
_CLAUSES = ("relcl", "advcl", "punct", "cc")
_EDGES = ",;:-–—\"“”'‘’. "


class Matters:
    """Reads one sentence; ``body`` is the article's text, ``times`` the spans that name a time, ``is_town`` tells of a
    token whether it names a town."""

    def __init__(
        self,
        body: str,
        clauses: Clauses,
        words: TalksWords,
        times: Sequence[Span] = (),
        is_town: Callable[[Token], bool] = lambda _: False,
    ) -> None:
        self._body = body
        self._clauses = clauses
        self._syntax = clauses.syntax
        self._tokens = clauses.tokens
        self._words = words
        self._times = times
        self._is_town = is_town

    def told(self, n: int, top: int, verb: int) -> str | None:
        """The matter that is told by a phrase: "talks on Syria", "talks to end the war", "met to discuss the border".

        Args:
            n: the word for the talks, top: the head of its phrase (``FateReader.whole``), verb: the verb that governs
                it, or -1.
        """
        homes = [n, *([top] if top != n else [])]
        clauses = [t.i for home in homes for t in self._syntax.children(home, "relcl", "acl")]
        for home in (*homes, *clauses):
            found = self._behind(home, verbal=home in clauses)
            if found is not None:
                return found
        found = self._behind(verb, verbal=True) if verb >= 0 and verb not in homes else None
        return found or next((text for c in clauses if (text := self._pursued(c)) is not None), None)

    def _pursued(self, clause: int) -> str | None:
        """ "A summit at which they urged Chad to free the crew": what was asked for or discussed there."""
        verb = self._tokens[clause]
        if verb.dep != "relcl" or verb.lemma not in self._words.wanting | self._words.verbs.discussing:
            return None
        there = any(
            t.tag in ("WDT", "WRB") and t.dep != "nsubj" for t in map(self._token, self._syntax.subtree(clause))
        )
        below = next(self._syntax.children(clause, "xcomp", "ccomp"), None)
        if not there or below is None:
            return None
        return self._text(below)

    def _token(self, i: int) -> Token:
        return self._tokens[i]

    def of_verb(self, v: int) -> str | None:
        """The matter of a verb of meeting or negotiating: what stands behind it, or what is negotiated."""
        found = self._behind(v, verbal=True)
        if found is None and self._tokens[v].lemma in self._words.verbs.negotiating:
            found = next(
                (self._text(t) for t in self._syntax.children(v, "dobj", "nsubjpass") if t.tag[:1] == "N"), None
            )
        return found

    def named(self, n: int, top: int) -> str | None:
        """The matter by which talks are named: of "the free trade talks" "free trade". None where nothing is left."""
        keep = [n] if self._tokens[n].lemma in self._words.nouns.processes else []
        inner = [t for t in self._syntax.children(n, *_NOUNS) if t.i < n and not self._unsaying(t)]
        inner = [t for t in inner if t.tag[:2] == "NN" or t.lower in self._words.matters]
        first = [i for t in inner for i in self._syntax.subtree(t.i)]
        if not first:
            return None
        span = [*first, *keep]
        text = self._cut(min(span), max(span))
        return text if text is not None and text.lower() not in self._words.unsaying else None

    def called(self, who: int) -> str | None:
        """The matter that delegates are named by: of "Peru's border negotiators" "border"."""
        known = self._words.matters | self._words.weighty
        before = [t.lower for t in self._syntax.children(who, *_NOUNS) if t.i < who and t.lower in known]
        return " ".join(before) or None

    def treated(self, verb: int) -> str | None:
        """What a verb of treating ("discuss") has as its object."""
        objects = self._syntax.children(verb, "dobj", "ccomp")
        return next((self._text(t) for t in objects if t.tag[:3] != "PRP"), None)

    def weighty(self, n: int, told: str | None) -> bool:
        """Are they of war and peace, by a word before the noun or in the matter told?"""
        before = {t.lower for t in self._syntax.children(n, *_NOUNS)}
        said = {w.strip(_EDGES).lower() for w in (told or "").split()}
        return bool((before | said) & self._words.weighty)

    def _unsaying(self, token: Token) -> bool:
        if any(self._tokens[i].tag == "CD" for i in self._syntax.subtree(token.i)):  # "90-minute"
            return True
        if token.lower in self._words.unsaying or token.dep == "nummod" or token.lower in self._words.ordinals:
            return True
        whole = self._body[self._tokens[self._syntax.subtree(token.i)[0]].start : token.end].lower()
        return whole in self._words.unsaying

    # -- behind the word

    def _behind(self, i: int, *, verbal: bool = False) -> str | None:
        for prep in self._prepositions(i):
            if prep.lower in self._words.about and not (
                verbal and prep.lower in ("for", "toward", "towards", "around")
            ):
                found = self._object(prep)
                if found is not None:
                    return found
        for aim in (t for prep in self._prepositions(i) for t in self._syntax.children(prep.i, "pobj")):
            if aim.lemma in self._words.aims:  # "in an effort to end the war"
                for child in self._syntax.children(aim.i, "acl"):
                    return self._text(child)
        for child in self._syntax.children(i, "acl", "advcl", "xcomp", "relcl", "prep", "conj"):
            found = self._purpose(child, verbal=verbal)
            if found is not None:
                return found
        return None

    def _prepositions(self, i: int) -> list[Token]:
        """Prepositions below ``i``, also those that the parser hung on a place before: "talks in Oslo | on"."""
        out = list(self._syntax.children(i, "prep"))
        for prep in list(out):
            for obj in self._syntax.children(prep.i, "pobj"):
                if prep.lower in self._words.about:
                    continue
                for each in self._clauses.expand([obj.i]):
                    out += [
                        t
                        for t in self._syntax.children(each, "prep")
                        if t.lower in ("about", "on", "over", "regarding")
                    ]
        return out

    def _object(self, prep: Token) -> str | None:
        for obj in self._syntax.children(prep.i, "pobj", "pcomp"):
            if self._is_time(obj) or (prep.lower == "on" and obj.lemma in self._words.grounds):
                continue
            return self._text(obj)
        return None

    def _is_time(self, token: Token) -> bool:
        if any(start <= token.start < end for start, end in self._times):
            return True
        day = token.lemma in self._clauses.times or token.lemma.lower() in self._clauses.times
        return day or token.tag == "CD" or token.lemma.lower() in self._words.beside

    def _purpose(self, child: Token, *, verbal: bool) -> str | None:
        """ "aimed at ending the war", "designed to end it", "to discuss the border"."""
        if child.tag in ("VBN", "VBD", "VBG") and child.lemma in self._words.aimed and child.dep in ("acl", "relcl"):
            for prep in self._syntax.children(child.i, "prep"):
                found = self._object(prep)
                if found is not None:
                    return found
            below = next((t for t in self._syntax.children(child.i, "xcomp", "ccomp")), None)
            return self._text(below) if below is not None else None
        if child.tag == "VB" and any(t.lower == "to" for t in self._syntax.children(child.i, "aux")):
            if verbal and child.lemma not in self._words.verbs.discussing:
                return None
            return self._purpose_text(child)
        return None

    def _purpose_text(self, verb: Token) -> str | None:
        """Of "to discuss the border" the border; of "to end the war" all of it."""
        if verb.lemma in self._words.verbs.treating:
            objects = list(self._syntax.children(verb.i, "dobj", "ccomp", "xcomp"))
            if objects:
                return self._text(objects[0])
        if verb.lemma in self._words.aimed:  # "to try to end the war"
            below = next((t for t in self._syntax.children(verb.i, "xcomp") if t.tag[:1] == "V"), None)
            if below is not None:
                return self._text(below)
        return self._text(verb)

    def _text(self, head: Token) -> str | None:
        """The words of the phrase headed by a token, without relative clauses and what hangs on behind a comma."""
        last, first = head.i, head.i
        for child in self._syntax.children(head.i):
            if child.i < head.i:
                if child.dep not in ("aux", "mark", "nsubj") or child.lower not in ("to", "that"):
                    first = min(first, self._syntax.subtree(child.i)[0])
                continue
            if child.dep in ("relcl", "advcl") or (child.dep == "punct" and child.text in ";:–—"):
                break
            if child.dep == "npadvmod" or self._dated(child) or child.lower in self._words.after | self._words.ahead:
                break
            if self._placed(head, child) or self._befalls(child):
                break
            last = max(last, self._syntax.subtree(child.i)[-1])
        last = min(last, first + _LONGEST)
        return self._cut(first, last)

    def _dated(self, child: Token) -> bool:
        """ "on the border | on Monday": the date is not of the matter."""
        return child.dep == "prep" and any(self._is_time(t) for t in self._syntax.children(child.i, "pobj"))

    def _placed(self, head: Token, child: Token) -> bool:
        """ "on the border | in Oslo": a town is where the talks are, unless the matter is what happens in a place."""
        if child.dep != "prep" or child.lower not in self._words.places or head.tag[:2] != "NN":
            return False
        about = {head.lemma.lower(), *(t.lemma.lower() for t in self._syntax.children(head.i, *_NOUNS))}
        if about & (self._words.happening | self._clauses.acts):
            return False
        return any(self._is_town(t) for t in self._syntax.children(child.i, "pobj"))

    def _befalls(self, child: Token) -> bool:
        """ "on the border | ended without a deal": what befalls the talks, taken for a word on their matter."""
        return child.dep == "acl" and child.tag in ("VBN", "VBD") and bool(self._words.fate_of_subject(child.lemma))

    def _cut(self, first: int, last: int) -> str | None:
        text = self._body[self._tokens[first].start : self._tokens[last].end].strip(_EDGES)
        return " ".join(text.split()) or None
