// Draws the timeline of the page Events; a brush over it sets the fields Since and Until and asks for the list anew.
// Expressions are interpreted (vega-embed's `ast`), never made into code: the page's policy forbids that.
"use strict";
(() => {
  const CLASSES = ["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"];
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const day = (time) => new Date(time).toISOString().slice(0, 10);

  const spec = (rows, since, until) => {
    const brush = { name: "brush", select: { type: "interval", encodings: ["x"] } };
    if (since || until) {
      const first = rows[0].month, last = rows[rows.length - 1].month;
      brush.value = { x: [Date.parse(since || first), Date.parse(until || last) + 86400000] };
    }
    const ink = colour("--ink"), rule = colour("--rule");
    return {
      width: "container", height: 210, background: "transparent", autosize: { type: "fit", contains: "padding" },
      data: { values: rows }, params: [brush], mark: { type: "bar", binSpacing: 1 },
      encoding: {
        x: { field: "month", timeUnit: "utcyearmonth", type: "temporal", title: null, axis: { labelOverlap: true } },
        y: { field: "events", aggregate: "sum", type: "quantitative", title: "events", axis: { tickMinStep: 1 } },
        color: {
          field: "class", type: "nominal", title: null,
          scale: { domain: CLASSES, range: [1, 2, 3, 4].map((n) => colour("--quad" + n)) },
          legend: { orient: "bottom", columns: 2, labelLimit: 400 },
        },
        order: { field: "class" },
        opacity: { condition: { param: "brush", value: 1 }, value: 0.35 },
      },
      config: {
        font: "sans-serif", axis: { labelColor: ink, titleColor: ink, gridColor: rule, domainColor: ink, tickColor: ink },
        legend: { labelColor: ink }, view: { stroke: rule },
      },
    };
  };

  const choose = (times) => {
    const form = document.getElementById("filters");
    const ask = (name, value) => {
      const field = document.getElementById("f-" + name);
      const changed = field.value !== value;
      field.value = value;
      return changed;
    };
    const first = times ? day(times[0]) : "", last = times ? day(times[1]) : "";
    const changes = [ask("since", first), ask("until", last)];
    if (changes.some(Boolean)) form.dispatchEvent(new Event("change", { bubbles: true }));
  };

  const draw = async (chart) => {
    if (chart.dataset.drawn || !window.vegaEmbed) return;
    chart.dataset.drawn = "yes";
    const rows = JSON.parse(chart.dataset.rows);
    const { view } = await vegaEmbed(chart, spec(rows, chart.dataset.since, chart.dataset.until), {
      ast: true, actions: false, defaultStyle: false, tooltip: false, renderer: "canvas",
    });
    let waiting = null;
    view.addSignalListener("brush", (_, value) => {
      clearTimeout(waiting);
      const times = Object.values(value)[0];
      waiting = setTimeout(() => choose(times && times.length === 2 ? times.map(Number) : null), 400);
    });
  };

  const drawAll = () => {
    if (document.getElementById("filters")) document.querySelectorAll(".timeline").forEach(draw);
  };
  document.addEventListener("DOMContentLoaded", drawAll);
  document.addEventListener("htmx:afterSettle", drawAll);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const chart of document.querySelectorAll(".timeline")) {
      delete chart.dataset.drawn;
      draw(chart);
    }
  });
})();
