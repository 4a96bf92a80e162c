"""Who acts on whom, as a graph with time: GEXF 1.3, for Gephi and networkx.

    node    a country (with all who act for it), or an organisation or group of no one country
    edge    directed, one for each pair and quad class; its weight is the number of acts
    spell   the days on which such acts happened; of acts of an unknown day, those of the report

Only what is told as done counts. Where several do something with each other and no recipient is named (they meet, they
agree), each does it with each. A party that has neither a country nor a name is no node. What is left out is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import permutations, product
from typing import BinaryIO
from xml.etree import ElementTree

import networkx as nx  # type: ignore[import-untyped,unused-ignore]
from networkx.readwrite.gexf import GEXFWriter  # type: ignore[import-untyped,unused-ignore]

from rapporteur.exports.event_records import EventRecord, RecordParty
from rapporteur.exports.losses import Losses
from rapporteur.exports.words import version
from rapporteur.knowledge.country_codes import country_codes
from rapporteur.knowledge.ontology import QUADS, Ontology

NOT_DONE = "events left out, not told as done"
NO_PAIR = "events left out, no two parties are told"
NO_NODE = "events left out, a party has neither a country nor a name"
NO_QUAD = "events left out, no quad class"
_UNTOLD = "untold"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
#: Characters that XML 1.0 can't hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DAY = timedelta(days=1)

Spell = tuple[date, date]


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """A party of the graph: ``kind`` is ``country``, ``organisation`` or ``group``; ``country`` alpha-3 or empty."""

    id: str
    label: str
    kind: str
    country: str = ""


@dataclass(slots=True)
class _Edge:
    """What happened between two, in one quad class."""

    types: Counter[str] = field(default_factory=Counter)
    scores: Counter[float] = field(default_factory=Counter)
    days: set[Spell] = field(default_factory=set)

    def add(self, record: EventRecord) -> None:
        self.types[record.type or _UNTOLD] += 1
        if record.goldstein is not None:
            self.scores[record.goldstein] += 1
        if record.span is not None:
            self.days.add(record.span)


def write(records: Iterable[EventRecord], stream: BinaryIO) -> Losses:
    """Write the graph of the events; what is kept until then grows with the pairs and their days, not the events.

    Raises:
        OSError: the stream can't be written.
    """
    graph, losses = graph_of(records)
    stream.write(_xml(graph))
    return losses


def graph_of(records: Iterable[EventRecord]) -> tuple[nx.MultiDiGraph, Losses]:
    """The graph, as networkx has it: keys of edges are names of quad classes."""
    losses = Losses()
    nodes: dict[str, Node] = {}
    events: Counter[str] = Counter()
    edges: dict[tuple[str, str, int], _Edge] = {}
    for record in records:
        pairs, reason = _pairs(record)
        if record.quad is None:
            losses.note(record.id, "quad", NO_QUAD, record.type)
            continue
        if reason is not None:
            losses.note(record.id, "status" if reason == NOT_DONE else "actors", reason, record.trigger or record.type)
            continue
        parties = {node.id: node for pair in pairs for node in pair}
        for id, node in parties.items():
            nodes[id] = min(node, nodes.get(id, node))
            events[id] += 1
        for one, other in sorted({(one.id, other.id) for one, other in pairs}):
            edges.setdefault((one, other, record.quad), _Edge()).add(record)
    return _graph(nodes, events, edges), losses


def _pairs(record: EventRecord) -> tuple[list[tuple[Node, Node]], str | None]:
    """Who acts on whom, and if nobody does, why."""
    if record.status not in (None, "actual"):
        return [], NOT_DONE
    known = Ontology.load().types.get(record.type or "")
    with_each_other = known is not None and known.mutual and not record.recipients and len(record.actors) > 1
    if not with_each_other and not (record.actors and record.recipients):
        return [], NO_PAIR
    actors, recipients = _nodes(record.actors), _nodes(record.recipients)
    found = permutations(actors, 2) if with_each_other else product(actors, recipients)
    pairs = [(one, other) for one, other in found if one.id != other.id or not with_each_other]
    return pairs, None if pairs else NO_NODE


def _nodes(parties: Sequence[RecordParty]) -> list[Node]:
    found = {node.id: node for party in parties if (node := _node(party)) is not None}
    return list(found.values())


def _node(party: RecordParty) -> Node | None:
    code = party.country or party.code
    if code is not None and code in country_codes():
        return Node(code, country_codes().country(code).name, "country", code)
    if not party.entity and not party.name:
        return None
    kind = "organisation" if party.code == "IGO" else "group"
    return Node(_clean(party.entity or party.label), _clean(party.label), kind)


def _graph(nodes: dict[str, Node], events: Counter[str], edges: dict[tuple[str, str, int], _Edge]) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph(mode="dynamic")
    lives: dict[str, set[Spell]] = {}
    for (one, other, _), edge in edges.items():
        for id in (one, other):
            lives.setdefault(id, set()).update(edge.days)
    for id, node in sorted(nodes.items()):
        values = {"label": node.label, "kind": node.kind, "country": node.country, "events": events[id]}
        graph.add_node(id, **values, **_spells(lives[id]))
    for (one, other, quad), edge in sorted(edges.items(), key=lambda item: item[0]):
        graph.add_edge(one, other, key=QUADS[quad], **_values(f"{one}>{other}>{quad}", quad, edge))
    return graph


def _values(id: str, quad: int, edge: _Edge) -> dict[str, object]:
    acts = edge.types.total()
    values: dict[str, object] = {"id": id, "label": QUADS[quad], "weight": float(acts), "quad": quad}
    values["types"] = "; ".join(f"{type} {count}" for type, count in sorted(edge.types.items()))
    if edge.scores:
        values["goldstein_mean"] = round(sum(s * n for s, n in sorted(edge.scores.items())) / edge.scores.total(), 3)
    return {**values, **_spells(edge.days)}


def _spells(days: Iterable[Spell]) -> dict[str, list[tuple[str, str]]]:
    spells = [(first.isoformat(), last.isoformat()) for first, last in joined(days)]
    return {"spells": spells} if spells else {}


def joined(days: Iterable[Spell]) -> Iterator[Spell]:
    """Spells, both ends inclusive, in order; those that overlap or follow on each other as one."""
    current: Spell | None = None
    for first, last in sorted(days):
        if current is not None and first <= current[1] + _DAY:
            current = (current[0], max(current[1], last))
            continue
        if current is not None:
            yield current
        current = (first, last)
    if current is not None:
        yield current


def _xml(graph: nx.MultiDiGraph) -> bytes:
    """The graph as GEXF.

    networkx's writer notes the day on which it writes, has a namespace of XML Schema that is none, gives the graph a
    name, which GEXF doesn't know, and leaves out what tells parallel edges apart in Gephi (``kind``): mended here.
    """
    writer = GEXFWriter(version="1.3")
    writer.add_graph(graph)
    root, told = writer.xml, writer.graph_element
    root.set("xmlns:xsi", _XSI)
    meta = root.find("meta")
    meta.attrib.clear()
    meta.find("creator").text = f"Rapporteur {version()}"
    ElementTree.SubElement(meta, "description").text = "Political events: who acts on whom, by quad class"
    told.attrib.pop("name", None)
    told.set("timeformat", "date")
    told.set("timerepresentation", "interval")
    for edge in told.iter("edge"):
        edge.set("kind", edge.get("label"))
    writer.indent(root)
    text: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _clean(text: str) -> str:
    """On one line, without what XML can't hold."""
    return " ".join(_NO_XML.sub("\ufffd", text).split())
