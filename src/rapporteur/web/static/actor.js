// The actor's page: events a month as a chart, counterparts as a graph. Tables beside them hold the same.
"use strict";
(() => {
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function months(place) {
    const rows = JSON.parse(place.dataset.months).map((row) => ({
      ...row,
      signed: row.quad > 2 ? -row.events : row.events,
    }));
    const ink = colour("--ink");
    const names = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
    const spec = {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      width: "container",
      height: 220,
      background: "transparent",
      data: { values: rows },
      mark: { type: "bar", tooltip: false },
      encoding: {
        x: { field: "month", type: "temporal", timeUnit: "utcyearmonth", title: null },
        y: { field: "signed", type: "quantitative", title: "conflict (below) · cooperation (above)", axis: { tickMinStep: 1 } },
        color: {
          field: "name", type: "nominal", title: null,
          scale: { domain: names, range: [1, 2, 3, 4].map((n) => colour(`--quad${n}`)) },
          legend: { orient: "bottom", columns: 2 },
        },
      },
      config: {
        axis: { labelColor: ink, titleColor: ink, gridColor: colour("--rule"), domainColor: colour("--line"), tickColor: colour("--line") },
        legend: { labelColor: ink },
        view: { stroke: null },
      },
    };
    vegaEmbed(place, spec, {
      actions: false, ast: true, defaultStyle: false, tooltip: false, renderer: "canvas",
    });
  }

  function graph(place) {
    const ink = colour("--ink");
    const elements = JSON.parse(place.dataset.graph);
    const made = cytoscape({
      container: place,
      elements,
      userZoomingEnabled: false,
      layout: { name: "concentric", concentric: (node) => node.data("own"), levelWidth: () => 1, minNodeSpacing: 30 },
      style: [
        { selector: "node", style: { label: "data(label)", color: ink, "background-color": colour("--accent"), "font-size": 12, width: 18, height: 18, "text-valign": "bottom", "text-margin-y": 4, "text-background-color": colour("--panel"), "text-background-opacity": 0.85, "text-background-padding": 1, "text-wrap": "wrap", "text-max-width": 90 } },
        { selector: "node[own = 1]", style: { width: 32, height: 32, "background-color": colour("--focus") } },
        { selector: "edge", style: { "curve-style": "bezier", "target-arrow-shape": "triangle", width: (edge) => 1 + 2 * Math.log2(1 + edge.data("events")) / 3, "line-color": colour("--quad2"), "target-arrow-color": colour("--quad2") } },
        { selector: "edge[kind = 'conflict']", style: { "line-style": "dashed", "line-color": colour("--quad4"), "target-arrow-color": colour("--quad4") } },
      ],
    });
    made.on("tap", "node", (event) => {
      const address = event.target.data("href");
      if (address) window.location.assign(address);
    });
  }

  function draw() {
    const chart = document.getElementById("months");
    if (chart) months(chart);
    const net = document.getElementById("graph");
    if (net && !net.dataset.drawn) {
      net.dataset.drawn = "1";
      graph(net);
    }
  }
  document.addEventListener("DOMContentLoaded", draw);
  document.addEventListener("htmx:afterSwap", () => {
    const net = document.getElementById("graph");
    if (net && !net.dataset.drawn) {
      net.dataset.drawn = "1";
      graph(net);
    }
  });
})();
