"""The evaluation room: how well does the reading agree with what people coded, and what changed between two readings.

It stands beside the exports: it uses the reader, and nothing of the reading knows it.

``against_gold.evaluate`` gives figures and mistakes, ``compare.compare`` changes, ``floors.measure`` what must not
fall. Comparing files needs no language pipeline, and doesn't load one.
"""
