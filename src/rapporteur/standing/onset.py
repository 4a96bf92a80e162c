"""Since when, and until when: the times that a sentence tells of a measure."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from rapporteur.events.when import DateMention
from rapporteur.knowledge.datewords import DateWords
from rapporteur.language.syntax import Token
from rapporteur.model import When
from rapporteur.standing.coming import day_from
from rapporteur.standing.draft import Draft, Sentence

_UNITS = {"day": "day", "week": "day", "month": "month", "year": "year"}
_AGAIN = ("extend", "renew", "prolong")  # a term of these begins later than the measure
_OPENING = 2  # sentences in which an article tells its news
_BEFORE = ("amod", "npadvmod", "compound", "nmod", "nummod")
_YEAR = re.compile(r"\b(?:19|20)[0-9]{2}\b")


class Times:
    """The times of one sentence's measures."""

    def __init__(self, sentence: Sentence) -> None:
        self._sentence = sentence
        self._tokens = sentence.tokens
        words = DateWords.load()
        self._numbers = words.numbers
        self._months = tuple(name.rstrip(".") for forms in words.months for name in forms)

    def since(self, draft: Draft, ended: When | None = None) -> When | None:
        """The measure's onset, None where untold.

        Args:
            draft: what tells of it.
            ended: its end, from which a duration is reckoned back.
        """
        if draft.status == "threatened":
            return self._start(draft)
        found = self._led(draft, "since") or self._since_then(draft) or self._ever_since(draft.word)
        for word in (draft.begun, draft.word if draft.phase == "begin" else None):
            if found is None and word is not None:
                found = self._dated(word) or self._occasion(word) or self._beside(word)
        return found or self._lasting(draft, ended)

    def _start(self, draft: Draft) -> When | None:
        """When what is to come is to begin: "will ban imports from Monday", "would take effect on 1 May". A day that
        has passed is that of its announcement."""
        published = self._sentence.published
        if not published:
            return None
        day = day_from(self._sentence, *self._reach(draft), announced=True)
        if day is not None and day.value is not None:
            return When(day.value, self._told(day.start, day.end))
        begins = [t.i for t in self._tokens if self._is_its_start(t, draft)]
        for word in (*begins, draft.word):
            found = self._sentence.calendar.date_of(word, (word,), "future")
            if found is not None and found.value is not None and found.value > published[: len(found.value)]:
                return When(found.value, self._basis(word, found.value))
        return None

    def _is_its_start(self, verb: Token, draft: Draft) -> bool:
        """Does the verb say of the measure, or of the act that makes it, that it begins: "a pause to begin"?"""
        course = self._sentence.words.course
        if verb.tag[:1] != "V" or verb.lemma not in (course.begin | course.entering):
            return False
        own = {draft.head, draft.word, *draft.objects}
        return verb.dep in ("acl", "relcl", "advcl", "xcomp") and verb.head in own

    def until(self, draft: Draft) -> When | None:
        """Its last day or its end, or None."""
        if draft.status == "ended" and draft.phase in ("end", "breach", "renew"):
            return self._dated(draft.word)
        return self._led(draft, "until") or self._expiry(draft)

    def _expiry(self, draft: Draft) -> When | None:
        """The day to come on which it, or the act by whose name it goes, is said to expire."""
        course, calendar = self._sentence.words.course, self._sentence.calendar
        own = [self._tokens[draft.word]] if draft.status == "in force" and draft.phase == "end" else []
        for noun in (draft.head, draft.act):
            below = self._sentence.syntax.subtree(noun) if noun is not None else ()
            clauses = [self._tokens[i] for i in below if self._tokens[i].dep == "relcl"]
            for verb in (t for t in (*own, *clauses) if t.lemma in course.end and t.tag in ("VBZ", "VBP", "VB")):
                found = calendar.date_of(verb.i, (verb.i,), "future")
                if found is not None and found.value is not None:
                    return When(found.value, self._basis(verb.i, found.value))
        return None

    def _dated(self, word: int) -> When | None:
        """When the act of the word was."""
        found = self._sentence.calendar.date_of(word, (word,), "actual")
        if found is None or found.value is None:
            return None
        value = self._past(found.value)
        return When(value, self._basis(word, found.value)) if value is not None else None

    def _past(self, value: str) -> str | None:
        """A date up to the article's; the "Monday" of what was announced on it is the last one, not the next."""
        published = self._sentence.published
        if published is None or value <= published:
            return value
        if len(value) < 10 or len(published) < 10:
            return value if value[: len(published)] <= published[: len(value)] else None
        day = date.fromisoformat(value).toordinal() - 7
        return date.fromordinal(day).isoformat() if day <= date.fromisoformat(published).toordinal() else None

    def _occasion(self, word: int) -> When | None:
        """When that was after which it was done, to the month: "imposed after the attack last May"."""
        for clause in self._sentence.syntax.children(word, "advcl"):
            if any(t.lower in ("after", "when") for t in self._sentence.syntax.children(clause.i, "mark", "advmod")):
                found = self._dated(clause.i)
                if found is not None:
                    return When(found.value[:7], "inferred")
        for prep, act in self._sentence.clauses.prepositional(word, ("after",)):  # "after announcing on Tuesday"
            if self._tokens[act].tag == "VBG" and (found := self._dated(act)) is not None and act > prep:
                return When(found.value[:7], "inferred")
        return None

    def _beside(self, word: int) -> When | None:
        """The date of the act told just before of the same doer, or of what it broke into: "quit the pact in 2018 and
        restored", "was on holiday in July when police raided"."""
        verb = self._tokens[word]
        if verb.dep == "advcl" and any(t.lower == "when" for t in self._sentence.syntax.children(word, "advmod")):
            return self._dated(verb.head)
        if verb.dep != "conj" or any(self._sentence.syntax.children(word, "nsubj", "nsubjpass")):
            return None
        return self._dated(verb.head) if self._tokens[verb.head].tag[:1] == "V" else None

    def _ever_since(self, word: int) -> When | None:
        """The date of the act told just before: "quit the pact in 2018 and has kept sanctions ever since"."""
        verb = self._tokens[word]
        since = any(t.lower == "since" for t in self._sentence.syntax.children(word, "advmod"))
        if not since or verb.dep != "conj" or self._tokens[verb.head].tag[:1] != "V":
            return None
        found = self._dated(verb.head)
        return When(found.value, "inferred") if found is not None else None

    def reported(self, draft: Draft) -> When | None:
        """The article's day, where the report itself is that the measure has come about: at its beginning, in a main
        clause, without another time."""
        published, verb = self._sentence.published, self._tokens[draft.word]
        if not published or len(published) != 10 or self._sentence.syntax.sentence >= _OPENING:
            return None
        if draft.phase != "begin" or draft.status != "in force" or draft.onset is not None:
            return None
        if draft.entry.person and verb.lemma in self._sentence.words.durations.terms:
            return None  # who is jailed may have been held before
        if any(t.lower in self._sentence.words.later for t in self._sentence.syntax.children(verb.i, "advmod")):
            return None
        start, end = self._sentence.clause(draft.word)
        dated = any(start <= m.start < end for m in self._sentence.calendar.mentions())
        return When(published, "report") if self._is_news(verb) and not dated else None

    def _is_news(self, verb: Token) -> bool:
        """A verb in the simple past or the perfect that the sentence itself asserts, or reports of somebody."""
        helpers = {t.lower for t in self._sentence.syntax.children(verb.i, "aux", "auxpass")}
        perfect = verb.tag == "VBN" and bool(helpers & {"has", "have", "'s", "’s", "'ve", "’ve"})
        passive = verb.tag == "VBN" and bool(helpers & {"was", "were"})
        if "had" in helpers or not (perfect or passive or verb.tag == "VBD"):
            return False
        while verb.dep == "conj" and self._tokens[verb.head].tag[:1] == "V":
            verb = self._tokens[verb.head]
        root = self._tokens[verb.head]
        told = verb.dep == "ccomp" and root.dep == "ROOT" and verb.i < root.i  # "..., its ministry said"
        return verb.dep == "ROOT" or told

    def term(self, draft: Draft) -> When | None:
        """Its last day, reckoned from its onset, where the sentence tells how long it is to last: "for six weeks"."""
        if draft.onset is None or draft.onset.basis == "report" or draft.entry.person:
            return None
        if self.duration(draft) is not None:
            return None
        for token in self._tokens:
            unit = self._unit(token.lemma)
            number = self._number_before(token.i) if unit is not None else None
            if unit is not None and number is not None and self._is_term(token.i, draft):
                value = _moved(draft.onset.value, number * unit[0], unit[1])
                return When(value, "inferred") if value else None
        return None

    def _is_term(self, i: int, draft: Draft) -> bool:
        """Is the time that which it is to last: "will last six weeks", "declared for six weeks", "six-week truce"?"""
        token, syntax = self._tokens[i], self._sentence.syntax
        above = [token, *syntax.ancestors(i)]
        before = next((n for n, t in enumerate(above) if t.i in (draft.head, *draft.objects)), None)
        if before and i < above[before].i and all(t.dep in _BEFORE for t in above[:before]):
            return self._tokens[i - 1].text == "-" and not any(t.lemma == "old" for t in above[:before])
        governor = self._tokens[token.head]
        if governor.lower == "for" and token.dep == "pobj":
            governor = self._tokens[governor.head]
            if governor.i == draft.head and governor.tag[:1] == "N":
                return True
        elif token.dep not in ("dobj", "npadvmod", "obj") or governor.lemma != "last":
            return False
        meant = governor.lemma in self._sentence.words.durations.terms or governor.lemma == "last"
        to_come = {t.lower for t in syntax.children(governor.i, "aux")} & {"to", "will", "would", "'ll"}
        own = governor.i == draft.word or draft.word in (t.i for t in syntax.ancestors(governor.i))
        own = own or draft.head in self._sentence.clauses.agents(governor.i)
        lasting = governor.lemma == "last" and bool(to_come)
        return own and meant and (lasting or (governor.lemma != "last" and governor.lemma not in _AGAIN))

    def _basis(self, word: int, value: str) -> Literal["stated", "inferred"]:
        """Stated: a calendar date of the sentence has this value, be it without its year."""
        for mention in self._sentence.calendar.mentions():
            if mention.value is not None and mention.value[4:] == value[4:]:
                return self._told(mention.start, mention.end)
        return "inferred"

    def _told(self, start: int, end: int) -> Literal["stated", "inferred"]:
        words = self._sentence.body[start:end]
        if re.match(r"(?i)(?:last|next|this|past)\b", words) and not _YEAR.search(words):
            return "inferred"
        named = any(re.search(rf"\b{month}\b", words) for month in self._months)
        return "stated" if named or _YEAR.search(words) else "inferred"

    def _led(self, draft: Draft, lead: Literal["since", "until"]) -> When | None:
        """The time behind "since" or "until" in the measure's clause."""
        start, end = self._reach(draft)
        for mention in self._sentence.calendar.mentions():
            if mention.lead != lead or mention.value is None or not start <= mention.start < end:
                continue
            opening = self._sentence.body[max(0, mention.start - 30) : mention.start].lower()
            if re.search(rf"\b{'since' if lead == 'since' else 'until|till|through'}\b[\w\s]*$", opening):
                value = self._to_come(mention) if lead == "until" and draft.status != "ended" else mention.value
                return When(value, self._told(mention.start, mention.end))
        return None

    def _to_come(self, mention: DateMention) -> str:
        """The value of an end; of one told without its year, the first that is not over when the article appears."""
        value, published = mention.value or "", self._sentence.published
        words = self._sentence.body[mention.start : mention.end]
        if published is None or len(value) < 7 or value >= published[: len(value)] or _YEAR.search(words):
            return value
        if len(value) == 10 and not re.search(r"\d", words):  # a weekday
            return date.fromordinal(date.fromisoformat(value).toordinal() + 7).isoformat()
        later = f"{int(value[:4]) + 1}{value[4:]}"
        return later if _is_day(later) and later >= published[: len(value)] else value

    def _since_then(self, draft: Draft) -> When | None:
        """ "since the vote in May", "since the army seized power in 2014": the date of what it began with."""
        start, end = self._reach(draft)
        for token in self._tokens:
            if token.lower != "since" or not start <= token.start < end:
                continue
            if token.dep == "mark" and token.head > token.i:
                if token.head == draft.word:  # "since they lifted it last May" tells of something else
                    return None
                found = self._dated(token.head)
                return When(found.value, "inferred") if found is not None else None
            if token.dep == "prep":
                below = self._sentence.syntax.subtree(token.i)
                last = self._tokens[below[-1]].end
                for mention in self._sentence.calendar.mentions():
                    if token.end <= mention.start < last and mention.value is not None:
                        return When(mention.value, "inferred")
        return None

    def _reach(self, draft: Draft) -> tuple[int, int]:
        """Where its times stand: in the clause that tells of it."""
        spans = [self._sentence.clause(draft.word), self._sentence.clause(draft.head)]
        return min(s for s, _ in spans), max(e for _, e in spans)

    # -- durations ---------------------------------------------------------------------------------------------

    def _lasting(self, draft: Draft, ended: When | None) -> When | None:
        """Reckoned back from its end, or from the article's date, by how long it has lasted."""
        duration = self.duration(draft)
        base = ended.value if ended is not None else self._sentence.published
        if duration is None or base is None or (ended is None and not duration[2]):
            return None
        value = _moved(base, -duration[0], duration[1])
        return When(value, "inferred") if value else None

    def duration(self, draft: Draft) -> tuple[int, str, bool] | None:
        """How long the sentence says that it has lasted: a number, a unit, and whether up to the article's date."""
        for token in self._tokens:
            unit = self._unit(token.lemma)
            if unit is None:
                continue
            number = self._number_before(token.i)
            if number is not None and (way := self._of_measure(token.i, draft)) is not None:
                return number * unit[0], unit[1], way
            passed = self._passed(token, draft)
            if passed is not None:
                return passed * unit[0], unit[1], True
        return None

    def _passed(self, unit: Token, draft: Draft) -> int | None:
        """How many have passed "in its third year", where that is the measure's."""
        ordinals = self._sentence.words.durations.ordinals
        syntax, head = self._sentence.syntax, self._tokens[unit.head]
        number = next((ordinals[t.lower] for t in syntax.children(unit.i, "amod") if t.lower in ordinals), None)
        its = any(t.dep in ("poss", "det") for t in syntax.children(unit.i))
        within = (unit.dep == "pobj" and head.lower in ("in", "into")) or (unit.dep == "dobj" and head.lemma == "enter")
        if number is None or not its or not within:
            return None
        above = {t.i for t in syntax.ancestors(unit.i)} | {head.i}
        subjects = {i for t in above if self._tokens[t].tag[:1] == "V" for i in self._sentence.clauses.agents(t)}
        return number if draft.head in above or draft.head in subjects else None

    def _unit(self, lemma: str) -> tuple[int, str] | None:
        words = self._sentence.words.durations.words
        if lemma in words:
            return words[lemma], "year"
        if lemma == "week":
            return 7, "day"
        return (1, _UNITS[lemma]) if lemma in _UNITS else None

    def _number_before(self, i: int) -> int | None:
        soft = self._sentence.words.durations.soft
        k = i - 1
        while k >= 0 and (self._tokens[k].lower in soft or self._tokens[k].text == "-"):
            k -= 1
        if k < 0:
            return None
        word = self._tokens[k].lower
        if word.isdigit() and len(word) < 4:
            return int(word)
        return self._numbers.get(word)

    def _of_measure(self, i: int, draft: Draft) -> bool | None:
        """Is the time that which the measure has lasted ("for ten years" in its clause, "a decade of", "ten-year-old")?
        True: up to now; False: up to its end; None: it isn't."""
        token, syntax = self._tokens[i], self._sentence.syntax
        if draft.phase not in ("begin", "announce"):
            above = [token, *syntax.ancestors(i)]
            before = next((n for n, t in enumerate(above) if t.i == draft.head), None)
            if before and i < draft.head and all(t.dep in _BEFORE for t in above[:before]):
                old = any(t.lemma == "old" for t in above[:before])
                if draft.entry.sealed and not old:  # "the 30-day truce" is to last so long
                    return None
                return draft.status != "ended" or old
            if draft.head in syntax.subtree(i) and any(p.lower == "of" for p in syntax.children(i, "prep")):
                return draft.status != "ended"  # "a decade of sanctions"
        prep = self._tokens[token.head]
        if token.dep != "pobj" or prep.lower not in ("for", "over"):
            return None
        verb = self._tokens[prep.head]
        told_of = verb.dep in ("acl", "relcl") and verb.head in draft.objects  # "freed a sailor held for a year"
        if (
            not (told_of or verb.i in (draft.word, draft.head, draft.begun))
            or verb.lemma in self._sentence.words.durations.terms
        ):
            return None
        if any(t.lower in ("past", "last") for t in self._tokens[prep.i : i]):
            return True
        helpers = {t.lower for t in syntax.children(verb.i, "aux")}
        return bool(helpers & {"has", "have", "'s", "’s", "'ve", "’ve"})

    def is_over(self, draft: Draft) -> bool:
        """Does a tense behind which the present is no longer tell that what lasted is over: "had been held for a
        year", "was jailed for a year", "had previously detained"?"""
        verb, syntax = self._tokens[draft.word], self._sentence.syntax
        if draft.entry.person and verb.tag[:1] == "N":  # "had spent years under arrest"
            verb = next((t for t in syntax.ancestors(verb.i) if t.tag[:1] == "V"), verb)
        told_before = draft.entry.person and verb.dep == "relcl"  # "who had spent years under arrest"
        if draft.status != "in force" or (draft.phase not in ("begin", None) and not told_before):
            return False
        past = {t.lower for t in syntax.children(verb.i, "advmod")} & self._sentence.words.durations.past
        helpers = {t.lower for t in syntax.children(verb.i, "aux", "auxpass")}
        present = helpers & {"has", "have", "is", "are", "'s", "’s", "'ve", "’ve", "been"} - (
            {"been"} if "had" in helpers else set()
        )
        if verb.tag[:1] != "V" or present:
            return False
        finite = verb.tag == "VBD" or helpers & {"had", "was", "were"}
        lasted = told_before or self.duration(draft) is not None
        return bool(past and finite) or ("had" in helpers and lasted)


def _moved(base: str, number: int, unit: str) -> str | None:
    """The ISO date so many days, months or years from ``base`` (below zero: before it), of the unit's precision; None
    where ``base`` is vaguer than that."""
    try:
        if unit == "year":
            return f"{int(base[:4]) + number:04d}"
        if unit == "month" and len(base) >= 7:
            months = int(base[:4]) * 12 + int(base[5:7]) - 1 + number
            return f"{months // 12:04d}-{months % 12 + 1:02d}"
        if unit == "day" and len(base) == 10:
            return date.fromordinal(date.fromisoformat(base).toordinal() + number).isoformat()
    except (ValueError, OverflowError):
        return None
    return None


def _is_day(value: str) -> bool:
    """Is there such a day (or month)?"""
    try:
        date.fromisoformat(value if len(value) == 10 else f"{value}-01")
    except ValueError:
        return False
    return True
