"use strict";
// Figures: a Vega-Lite chart or an image, with its data and SQL below it.

/** Okabe and Ito's palette, which readers with any colour vision can tell apart. */
const CATEGORIES = {
  light: ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#1b1d20", "#B8A800"],
  dark: ["#56B4E9", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#F0E442", "#e7e7e3", "#4C9BD0"],
};

function chartConfig() {
  const dark = isDark();
  const text = dark ? "#d5d7d9" : "#33373c";
  const rule = dark ? "#30353a" : "#e6e6e0";
  const labels = { labelColor: text, titleColor: text, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal" };
  return {
    background: null,
    font: "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'DejaVu Sans', sans-serif",
    axis: { ...labels, gridColor: rule, domainColor: text, tickColor: text },
    legend: { ...labels, orient: "top" },
    header: labels,
    title: { color: text, fontWeight: "normal" },
    view: { stroke: null },
    mark: { color: CATEGORIES[dark ? "dark" : "light"][0] },
    rule: { color: text },
    text: { color: text },
    range: {
      category: CATEGORIES[dark ? "dark" : "light"],
      ramp: { scheme: "viridis" },
      heatmap: { scheme: "viridis" },
      ordinal: { scheme: "viridis" },
    },
  };
}

/**
 * Rows for a chart, with the labels of their cells. Infinite values become null. A chart that draws those of a column
 * reads the flag COLUMN_infinite; the others are counted.
 */
function drawable(table, spec) {
  let infinite = 0;
  const words = JSON.stringify(spec);
  const rows = records(table);
  const cells = [...cellsByHash.keys()];
  for (const row of rows) {
    const cell = cellsByHash.get(row.config_hash);
    Object.assign(row, { panel: cell?.panel, label_in_target: cell?.label_in_target, order: cells.indexOf(row.config_hash) });
    for (const name of Object.keys(row)) {
      if (typeof row[name] === "string" && row[name] in INFINITIES) {
        row[name] = null;
        row[`${name}_infinite`] = true;
        infinite += words.includes(`${name}_infinite`) ? 0 : 1;
      }
    }
  }
  return { rows, infinite };
}

/** The specification of a chart as wide as the page, unless it has a width of its own or consists of several charts. */
function fitted(spec, table, alt) {
  const composed = ["facet", "hconcat", "vconcat", "concat", "repeat"].some((key) => key in spec);
  const facetted = JSON.stringify(spec.encoding ?? {}).match(/"(row|column|facet)":/);
  const size = composed || facetted ? {} : { width: "container", height: 320 };
  return { ...size, ...spec, description: alt, data: { name: "table", values: drawable(table, spec).rows } };
}

/** Vega is loaded after this script, so that text and tables appear without waiting for it. */
const vegaIsHere = new Promise((resolve) => addEventListener("DOMContentLoaded", resolve));

class FigureView {
  static all = new Set();

  constructor(figure) {
    this.figure = figure;
    const id = identifier("figure");
    this.chart = element("div", { class: "chart", tabindex: 0 }); // it scrolls where the page is narrow
    this.caption = element("figcaption", { class: "caption" });
    this.left = element("p", { class: "caption", hidden: true });
    this.heading = element("h3", { id });
    this.table = new DataTable({ name: figure.name, caption: "The data of the figure", links: linksToParts(), shorten: SHORTENED });
    const data = element("details", { ontoggle: () => this.drawTable() }, element("summary", {}, "Data and SQL"), this.table.root);
    this.data = data;
    this.root = element("article", { class: "figure", "aria-labelledby": id }, this.heading, element("figure", {}, this.chart, this.left, this.caption), data);
    FigureView.all.add(this);
    this.drawWords();
  }

  static redrawAll() {
    FigureView.all.forEach((view) => view.view && view.embed());
  }

  /** Draws the figure when the reader scrolls near it. */
  watch() {
    FigureView.observer ??= new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
      FigureView.observer.unobserve(entry.target);
      entry.target.figureView.draw();
    }), { rootMargin: "400px" });
    this.root.figureView = this;
    FigureView.observer.observe(this.root);
  }

  drawWords() {
    const { title, caption, spec, table } = this.figure;
    this.heading.textContent = title;
    this.caption.textContent = caption;
    const infinite = spec ? drawable(table, spec).infinite : 0;
    this.left.hidden = infinite === 0;
    this.left.textContent = `${count(infinite, "infinite value")} cannot be drawn; the data below has ${infinite === 1 ? "it" : "them"}.`;
    this.data.hidden = isEmpty(table);
    this.drawTable();
  }

  drawTable() {
    if (this.data.open) {
      this.table.update({ ...this.figure.table, sql: this.figure.sql ?? this.figure.table.sql });
    }
  }

  draw() {
    this.drawn = true;
    const { spec, image, alt } = this.figure;
    if (spec) {
      return this.embed();
    }
    const nothing = element("p", { class: "empty" }, "There is no picture of this yet.");
    this.chart.replaceChildren(image ? element("img", { src: image, alt }) : nothing);
    return Promise.resolve();
  }

  /** Vega interprets expressions (ast), because the page's policy forbids eval. */
  async embed() {
    const { spec, table, alt } = this.figure;
    await vegaIsHere;
    try {
      const shown = await vegaEmbed(this.chart, fitted(spec, table, alt), {
        mode: "vega-lite",
        ast: true,
        actions: false,
        defaultStyle: false,
        renderer: "canvas",
        tooltip: { disableDefaultStyle: true },
        config: chartConfig(),
      });
      this.view?.finalize();
      this.view = shown.view;
    } catch (e) {
      this.chart.replaceChildren(element("p", { class: "empty" }, `This chart cannot be drawn: ${e.message}`));
    }
  }

  /** Replaces the data. If the chart itself is the same, the reader's zoom is kept. */
  update(figure) {
    const same = JSON.stringify(figure.spec) === JSON.stringify(this.figure.spec) && figure.image === this.figure.image;
    this.figure = figure;
    this.drawWords();
    if (this.view && same) {
      this.view.data("table", drawable(figure.table, figure.spec).rows).runAsync();
    } else if (this.drawn) {
      this.draw();
    }
  }
}
