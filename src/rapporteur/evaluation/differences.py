"""Where the reading and gold differ on single sentences, attributions and pages, for people to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rapporteur.evaluation import attribution
from rapporteur.evaluation.events import codes
from rapporteur.evaluation.gold import AttributionDocument, GoldAttribution, GsrSentence
from rapporteur.evaluation.gsr import holds_parties, same_type
from rapporteur.evaluation.lines import shown, side
from rapporteur.evaluation.mistakes import Mistake
from rapporteur.evaluation.pages import MATCH, GoldPage, PageResult
from rapporteur.evaluation.readings import ReadAttribution, Reading
from rapporteur.model import Span

if TYPE_CHECKING:
    from rapporteur.evaluation.candidates import Proposal

_SHOWN = 60  # characters of a long text


def gsr_mistakes(
    sentence: GsrSentence, reading: Reading, proposals: Sequence[Proposal] | None = None
) -> Iterator[Mistake]:
    """What is wrong with a sentence's one event, if anything."""
    same = same_type(sentence, reading)
    if any(holds_parties(sentence, event) for event in same):
        return
    if same:
        has_actors = any(codes(sentence.actors) <= codes(event.actors) for event in same)
        kind = "recipient code" if has_actors else "actor code"
    elif reading.events:
        kind = "wrong type"
    elif proposals is None:
        kind = "missed"
    else:
        kind = "candidate let go" if proposals else "lexicon gap: no candidate"
    gold = f"{sentence.type} {side(sentence.actors)} > {side(sentence.recipients)}"
    read = "; ".join(shown(event, sentence.text[slice(*event.span)], None) for event in reading.events)
    yield Mistake(kind, sentence.id, sentence.text, gold, read or "-")


def attribution_mistakes(document: AttributionDocument, reading: Reading | None) -> Iterator[Mistake]:
    """Attributions not found, found in vain, and found with another source or cue."""
    text, tokens = document.text, attribution.token_at(document.text)
    wanted, read = document.attributions, attribution.outermost(reading)
    gold, found = attribution.credits_of(wanted, tokens), attribution.credits_of(read, tokens)
    pairs = dict(attribution.pair_off(gold, found, attribution.RULES["attr_content"]))
    good = dict(attribution.pair_off(gold, found, attribution.RULES["attr_overlap"]))
    for g, credit in enumerate(wanted):
        if g in good:
            continue
        told = _credit(text, read[pairs[g]]) if g in pairs else "-"
        kind = "source wrong" if g in pairs else "attribution missed"
        yield Mistake(kind, document.id, _words(text, credit.content), _credit(text, credit), told)
    for r, other in enumerate(read):
        if r not in pairs.values() and r not in good.values():
            yield Mistake("attribution spurious", document.id, _words(text, other.content), "-", _credit(text, other))


def page_mistakes(page: GoldPage, result: PageResult) -> Iterator[Mistake]:
    """Stories not matched, a wrong number of them, and wrong headlines."""
    count = len(page.stories)
    if result.read != count:
        yield Mistake("number of stories", page.id, str(page.path), f"{count} stories", f"{result.read} stories")
    for story, score, headline in zip(page.stories, result.scores, result.headlines, strict=True):
        opening = _short(" ".join(story.words[:12]))
        if score < MATCH:
            yield Mistake("story", page.id, opening, f"{len(story.words)} words", f"token F1 {score:.3f}")
        if (headline not in story.headlines) if story.headlines else headline:
            yield Mistake("headline", page.id, opening, " | ".join(story.headlines) or "-", headline or "-")


def _credit(text: str, credit: GoldAttribution | ReadAttribution) -> str:
    return f"{_words(text, credit.source)} | {_words(text, credit.cue)} | {_short(_words(text, credit.content))}"


def _words(text: str, spans: Sequence[Span] | None) -> str:
    return " ... ".join(" ".join(text[start:end].split()) for start, end in spans or ()) or "-"


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 4] + " ..."
