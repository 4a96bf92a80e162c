"""How much slower is reading than parsing?

    python benchmarks/speed.py DOCUMENTS.jsonl[.gz] [--articles 200] [--model NAME] [--ranker rules] [--rounds 3]

Reads the first N documents (objects with "text") in one process, once with Rapporteur and once with the bare tagger
and parser of the same pipeline over the same texts, and prints both and their ratio. Models are loaded and warmed
before the clock starts; the best of the rounds counts, because a machine's other programs only ever slow one down.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import spacy

from rapporteur.events import ranker_named
from rapporteur.language import DEFAULT_MODEL
from rapporteur.reader import Reader

UNUSED = ["ner", "lemmatizer", "attribute_ruler", "senter"]
Document = dict[str, Any]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("documents", type=Path, help="JSON Lines, may be gzipped")
    options.add_argument("--articles", type=int, default=200, metavar="N")
    options.add_argument("--model", default=DEFAULT_MODEL)
    options.add_argument("--ranker", metavar="DIR|rules", help="as of rapporteur read; default the shipped model")
    options.add_argument("--rounds", type=int, default=3)
    chosen = options.parse_args()

    documents = load(chosen.documents, chosen.articles)
    if not documents:
        sys.exit(f"{chosen.documents}: holds no document with a text")
    texts = [d["text"] for d in documents]
    words = sum(len(text.split()) for text in texts)
    print(f"{len(documents)} articles, {words:,} words, {sum(map(len, texts)):,} characters; {chosen.model}")

    reader = Reader(chosen.model, ranker=ranker_named(chosen.ranker) if chosen.ranker else None)
    parser = spacy.load(chosen.model, exclude=UNUSED)

    def read() -> int:
        return sum(len(article.events) for article in reader.read_documents(documents))

    def parse() -> int:
        return sum(len(doc) for doc in parser.pipe(texts))

    reader.read_document(documents[0])
    parser(texts[0])
    events, reading = best(read, chosen.rounds)
    _, parsing = best(parse, chosen.rounds)
    tell("rapporteur, whole reading", reading, len(documents), words, f"{events} events")
    tell("spaCy, tagger and parser", parsing, len(documents), words)
    print(f"ratio: reading takes {reading / parsing:.2f} times as long as parsing alone")


def load(path: Path, limit: int) -> list[Document]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        records = (json.loads(line) for line in lines if line.strip())
        usable = ({**r, "id": str(r.get("id", n))} for n, r in enumerate(records) if r.get("text"))
        return list(itertools.islice(usable, limit))


def best(work: Callable[[], int], rounds: int) -> tuple[int, float]:
    """The work's result and its shortest time in seconds."""
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - started)
    return result, min(times)


def tell(what: str, seconds: float, articles: int, words: int, more: str = "") -> None:
    print(
        f"{what}: {seconds:.2f} s, {articles / seconds:.1f} articles/s, {words / seconds:,.0f} words/s  {more}".rstrip()
    )


if __name__ == "__main__":
    main()
