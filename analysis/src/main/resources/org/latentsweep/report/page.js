"use strict";
// The page: its sections, the pages of cells and runs (by the address's hash), the theme, and the live sweep.

let report = JSON.parse(document.getElementById("report").textContent);
const SHORTENED = { run_id: 10, config_hash: 10, config_hash_a: 10, config_hash_b: 10 };
const byId = (id) => document.getElementById(id);

// ---- theme ----

const THEME = "latentsweep-theme";
let printing = false;

/** Whether the theme is dark. Printing always uses the light theme. */
function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return !printing && (chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches);
}

/** The stored theme; null if none was chosen, or if the browser gives this page no storage. */
function keptTheme() {
  try {
    return localStorage.getItem(THEME);
  } catch {
    return null;
  }
}

function chooseTheme(theme) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(THEME, theme);
  } catch {
    // Without storage, the choice lasts until the page is closed.
  }
}

function redrawPictures() {
  byId("theme").textContent = isDark() ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", isDark() ? "Light theme" : "Dark theme");
  Plane.redrawAll();
  FigureView.redrawAll();
  gallery.redraw();
}

function startTheme() {
  const kept = keptTheme();
  if (kept) {
    document.documentElement.dataset.theme = kept;
  }
  byId("theme").addEventListener("click", () => {
    chooseTheme(isDark() ? "light" : "dark");
    redrawPictures();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redrawPictures);
}

// ---- links between parts ----

let cellsByHash = new Map();
let targetsByName = new Map();
let runsById = new Map();

function index() {
  cellsByHash = new Map((report.cells ?? []).map((cell) => [cell.config_hash, cell]));
  targetsByName = new Map((report.targets ?? []).map((target) => [target.name, target]));
  const at = report.runs?.columns.indexOf("run_id") ?? -1;
  runsById = new Map(at < 0 ? [] : report.runs.rows.map((row) => [row[at], row]));
}

function linksToParts() {
  const cell = (hash) => (cellsByHash.has(hash) ? `#cell=${encodeURIComponent(hash)}` : null);
  const run = (id) => (runsById.has(id) ? `#run=${encodeURIComponent(id)}` : null);
  return { run_id: run, config_hash: cell, config_hash_a: cell, config_hash_b: cell };
}

// ---- sections ----

/** The data that each section was last drawn from. An update redraws only the sections that changed. */
const drawnFrom = {};
const follows = Boolean(report.live);
let drawings = 0;

/** A text that is equal for equal data. A page that does not follow a sweep draws everything once, so there it is a counter. */
function fingerprint(part) {
  return follows ? JSON.stringify(part ?? null) : ++drawings;
}

function section(name, part, empty, draw) {
  const source = fingerprint(part);
  if (drawnFrom[name] === source) {
    return;
  }
  drawnFrom[name] = source;
  const none = !part || (Array.isArray(part) ? part.length === 0 : "rows" in part && isEmpty(part));
  const place = byId(name);
  place.querySelector(":scope > .empty")?.remove();
  if (none) {
    place.append(element("p", { class: "empty" }, empty));
  }
  draw(place, none);
}

/** An element of a section that is created once and found again by its class. */
function slot(place, name, make) {
  let found = place.querySelector(`:scope > .${name}`);
  if (!found) {
    found = make();
    found.classList.add(name);
    place.append(found);
  }
  return found;
}

function drawHead() {
  byId("title").textContent = document.title = report.sweep ?? "latentsweep";
  const made = report.generated ? new Date(report.generated).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }) + " UTC" : null;
  byId("kicker").textContent = [`latentsweep ${report.version ?? ""}`.trim(), report.folder, made].filter(Boolean).join(" · ");
}

function drawFindings() {
  section("findings", [report.headline, report.counts], "", (place) => {
    const headline = report.headline ?? [];
    const words = headline.length ? headline : ["Nothing is measured yet, so there is nothing to conclude."];
    slot(place, "headline", () => element("ul")).replaceChildren(...words.map((line) => element("li", {}, line)));
    const counts = report.counts ?? {};
    const bad = (name) => (name === "diverged" || name === "failed") && counts[name] > 0;
    slot(place, "counts", () => element("dl")).replaceChildren(...Object.entries(counts).map(([name, n]) =>
      element("div", { class: bad(name) ? "bad" : null }, element("dt", {}, name), element("dd", {}, (n ?? 0).toLocaleString("en")))));
    const done = slot(place, "done", () => element("progress", { "aria-label": "Finished runs" }));
    done.max = Math.max(1, counts.planned ?? 0);
    done.value = counts.finished ?? 0;
    done.hidden = !(counts.finished < counts.planned);
  });
}

const tables = {};

/** Draws a section that consists of one table. */
function drawTable(name, table, empty, options) {
  section(name, table, empty, (place, none) => {
    tables[name] ??= new DataTable({ name, links: linksToParts(), shorten: SHORTENED, ...options });
    if (!tables[name].root.isConnected) {
      place.append(tables[name].root);
    }
    tables[name].root.hidden = none;
    if (!none) {
      tables[name].update(table);
    }
  });
}

function drawRanking() {
  drawTable("ranking", report.ranking, "No cell has a divergence yet.", {
    caption: "The cells of each target, the lowest median of the skew divergence first. kl_skew is at most 4.61 nats and ranks; kl_forward (KL_h) is the same divergence without the bound. low and high are the interval that holds the median with the confidence beside it; ∞ is an open end, a run that diverged or one that failed. may_be_best is yes where the cell cannot be excluded from being the best at the 5% level.",
    choices: ["target"],
  });
}

function drawSummary() {
  drawTable("summary", report.summary, "No metric is summed up yet: runs are scored once they are trained.", {
    caption: "Each metric over the seeds of a cell: its median, the interval that holds the median with the confidence beside it, the worst of the runs, and how many of them are finite. The floor is what samples of the target itself get.",
    choices: ["target", "metric"],
    initial: { metric: ["kl_skew", "kl_forward"] },
  });
}

const figureViews = new Map();

function drawFigures() {
  section("figures", report.figures, "There is no figure yet.", (place) => {
    const figures = report.figures ?? [];
    for (const [name, view] of figureViews) {
      if (!figures.some((figure) => figure.name === name)) {
        view.root.remove();
        FigureView.all.delete(view);
        figureViews.delete(name);
      }
    }
    let last = place.querySelector("h2");
    for (const figure of figures) {
      const view = figureViews.get(figure.name) ?? new FigureView(figure);
      if (view.root !== last.nextElementSibling) {
        last.after(view.root);
      }
      last = view.root;
      figureViews.has(figure.name) ? view.update(figure) : view.watch();
      figureViews.set(figure.name, view);
    }
  });
}

/** Small pictures of the cells that have one. Each is drawn when the reader scrolls near it. */
const gallery = {
  items: new Map(),
  observer: new IntersectionObserver((entries) => entries.filter((entry) => entry.isIntersecting).forEach((entry) => {
    gallery.observer.unobserve(entry.target);
    gallery.paint(entry.target);
  }), { rootMargin: "200px" }),

  paint(canvas) {
    const cell = cellsByHash.get(canvas.dataset.cell);
    thumbnail(canvas, cell, targetsByName.get(cell.target));
    canvas.dataset.drawn = "yes";
  },

  redraw() {
    document.querySelectorAll(".gallery canvas[data-drawn]").forEach((canvas) => gallery.paint(canvas));
  },

  paintRest() {
    document.querySelectorAll(".gallery canvas:not([data-drawn])").forEach((canvas) => gallery.paint(canvas));
  },

  update(list, cells) {
    const kept = new Map();
    for (const cell of cells) {
      const source = fingerprint(cell);
      const old = gallery.items.get(cell.config_hash);
      kept.set(cell.config_hash, old?.source === source ? old : { source, item: gallery.item(cell) });
    }
    gallery.items = kept;
    list.replaceChildren(...[...kept.values()].map(({ item }) => item));
  },

  item(cell) {
    const canvas = element("canvas", { "aria-hidden": "true", "data-cell": cell.config_hash });
    gallery.observer.observe(canvas);
    return element("li", {}, element("a", { href: `#cell=${encodeURIComponent(cell.config_hash)}` }, canvas, cell.label));
  },
};

function cellsTable(cells) {
  const columns = ["cell", "config_hash", "target", "latent_dim", "runs", "diverged", "failed", "diagnosis"];
  return { columns, rows: cells.map((cell) => [cell.label, ...columns.slice(1).map((name) => cell[name] ?? null)]), sql: null };
}

function drawCells() {
  section("cells", report.cells, "No cell of the grid has a finished run yet.", (place, none) => {
    const cells = report.cells ?? [];
    const pictured = cells.filter((cell) => cell.map || cell.training);
    slot(place, "lead", () => element("p")).textContent = pictured.length === 0 ? "" : "Samples of one run of each cell, coloured by the latent position they come from. A cell's page has its training step by step, and its map.";
    gallery.update(slot(place, "gallery", () => element("ul")), pictured);
    tables.cells ??= new DataTable({
      name: "cells",
      caption: "The cells of the grid, and what their numbers mean.",
      choices: ["target"],
      links: linksToParts(),
      shorten: SHORTENED,
    });
    place.append(tables.cells.root);
    tables.cells.root.hidden = none;
    tables.cells.update(cellsTable(cells));
  });
}

/** Two cells are told apart if their adjusted p-value is below this conventional level. */
const LEVEL = 0.05;

function toldApart(table) {
  const at = table.columns.indexOf("p_adjusted");
  const verdict = (p) => (p === null ? "untested" : p < LEVEL ? "yes" : "no");
  return { ...table, columns: ["told_apart", ...table.columns], rows: table.rows.map((row) => [verdict(row[at]), ...row]) };
}

function drawComparisons() {
  const table = isEmpty(report.comparisons) ? report.comparisons : toldApart(report.comparisons);
  const line = slot(byId("comparisons"), "lead", () => element("p"));
  drawTable("comparisons", table, "No two cells have been compared yet.", {
    caption: `Pairs of cells that differ in one hyperparameter. ratio is the geometric mean in a over that in b, and improvement the probability that a run of a is better than one of b. told_apart is yes where p_adjusted (Holm, within target and metric) is below ${LEVEL}.`,
    choices: ["told_apart", "target", "metric"],
    initial: { metric: ["kl_skew", "kl_forward"] },
    ondraw: (shown) => {
      const no = shown.found.filter((row) => row[0] === "no").length;
      line.textContent = `Of the ${count(shown.found.length, "pair")} chosen below, ${no.toLocaleString("en")} cannot be told apart.`;
    },
  });
}

function drawRuns() {
  drawTable("runs", report.runs, "No run is finished yet.", {
    caption: "One row for each finished run. ci_low, ci_high, floor, n and reason are those of kl_forward.",
    choices: ["target", "outcome"],
  });
}

function drawProvenance() {
  drawTable("provenance", report.provenance, "Nothing has run yet.", { caption: "What ran where, and when." });
}

function drawNotes() {
  section("notes", report.notes, "Nothing was sampled, aggregated or left out.", (place) => {
    slot(place, "notes", () => element("ul")).replaceChildren(...(report.notes ?? []).map((note) => element("li", {}, note)));
  });
}

function drawSql() {
  const named = ["ranking", "summary", "comparisons", "runs"].map((name) => [name, report[name]?.sql]);
  const all = [...named, ...(report.figures ?? []).map((figure) => [figure.title, figure.sql ?? figure.table?.sql])];
  const there = all.filter(([, sql]) => sql);
  section("sql", there, "No part of this page has SQL.", (place) => {
    slot(place, "statements", () => element("div")).replaceChildren(...there.map(([name, sql]) =>
      element("details", {}, element("summary", {}, name), sqlBlock(sql, name))));
  });
}

function drawAll() {
  index();
  drawHead();
  drawFindings();
  drawRanking();
  drawSummary();
  drawCells();
  drawComparisons();
  drawRuns();
  drawProvenance();
  drawNotes();
  drawSql();
  drawFigures();
}

// ---- the pages of a cell and of a run ----

function facts(entries) {
  return element("dl", { class: "facts" }, ...entries.flatMap(([name, value]) => [element("dt", {}, name), element("dd", {}, value)]));
}

function rowsOf(table, column, value) {
  const at = table?.columns.indexOf(column) ?? -1;
  return at < 0 ? { columns: [], rows: [], sql: null } : { columns: table.columns, rows: table.rows.filter((row) => row[at] === value), sql: null };
}

class CellPage {
  constructor(hash) {
    this.hash = hash;
    this.heading = element("h2", { tabindex: -1 });
    this.about = element("div");
    this.training = element("section");
    this.map = element("section");
    const table = (name, caption, choices) => new DataTable({ name, caption, choices, links: linksToParts(), shorten: SHORTENED });
    this.runs = table("runs-of-cell", "The runs of this cell.", ["outcome"]);
    this.summary = table("summary-of-cell", "Each metric over the seeds of this cell.", []);
    const titled = (title, content) => element("section", {}, element("h3", {}, title), content);
    this.root = element("section", {}, this.ways(), this.heading, this.about, this.training, this.map,
      titled("Summary", this.summary.root), titled("Runs", this.runs.root));
    this.drawn = {};
  }

  ways() {
    const hashes = [...cellsByHash.keys()];
    const at = hashes.indexOf(this.hash);
    const way = (hash, text) => hash && element("a", { href: `#cell=${encodeURIComponent(hash)}` }, text);
    return element("nav", { class: "ways", "aria-label": "Cells" }, element("a", { href: "#cells" }, "All cells"),
      at > 0 ? way(hashes[at - 1], "Previous cell") : null, way(hashes[at + 1], "Next cell"));
  }

  update() {
    const cell = cellsByHash.get(this.hash);
    const target = targetsByName.get(cell.target);
    this.heading.textContent = cell.label;
    this.about.replaceChildren(
      element("p", {}, cell.diagnosis ?? "There is no diagnosis of this cell yet."),
      facts([["Target", cell.target], ["Latent dimensions", String(cell.latent_dim)],
        ["Runs", `${cell.runs}, of which ${cell.diverged} diverged and ${cell.failed} failed`], ["config_hash", cell.config_hash]]));
    this.changed("training", cell.training, () => this.drawTraining(cell, target));
    this.changed("map", cell.map, () => this.drawMap(cell, target));
    this.changed("runs", rowsOf(report.runs, "config_hash", this.hash), (rows) => this.runs.update(rows));
    this.changed("summary", rowsOf(report.summary, "config_hash", this.hash), (rows) => this.summary.update(rows));
  }

  changed(name, part, draw) {
    const source = fingerprint(part);
    if (this.drawn[name] !== source) {
      this.drawn[name] = source;
      draw(part);
    }
  }

  drawTraining(cell, target) {
    const focused = this.training.contains(document.activeElement);
    this.view?.pause();
    this.view = cell.training ? new TrainingView(cell.training, target, Number(this.view?.slider.value ?? cell.training.steps.length - 1)) : null;
    this.training.replaceChildren(element("h3", {}, "Training"),
      this.view?.root ?? element("p", { class: "empty" }, "No samples were kept while this cell's runs trained."));
    if (focused) {
      this.view?.slider.focus({ preventScroll: true });
    }
  }

  drawMap(cell, target) {
    this.map.replaceChildren(element("h3", {}, "Latents and samples"),
      cell.map && target ? new MapView(cell.map, target).root : element("p", { class: "empty" }, "This cell's map is not drawn yet."));
  }
}

class RunPage {
  constructor(id) {
    this.id = id;
    this.heading = element("h2", { tabindex: -1 }, `Run ${id}`);
    this.body = element("div");
    this.root = element("section", {}, this.heading, this.body);
  }

  update() {
    const row = runsById.get(this.id);
    const columns = report.runs.columns;
    const cell = cellsByHash.get(row[columns.indexOf("config_hash")]);
    const way = cell && element("a", { href: `#cell=${encodeURIComponent(cell.config_hash)}` }, cell.label);
    const full = (value) => (value === null ? "–" : String(value));
    this.body.replaceChildren(element("nav", { class: "ways", "aria-label": "Way back" }, element("a", { href: "#runs" }, "All runs"), way),
      facts(columns.map((column, i) => [column, full(row[i])])));
  }
}

let open = null;
let seen = null;

/** The element that the reader looks at, and its place on the screen: charts above it that are drawn later may move it. */
function inView() {
  const anchor = document.activeElement?.closest("#overview a")
    ?? document.elementFromPoint(innerWidth / 2, innerHeight / 2)
    ?? document.body;
  return { anchor, top: anchor.getBoundingClientRect().top, scrolledTo: scrollY };
}

function scrollBack({ anchor, top, scrolledTo }) {
  anchor.isConnected ? scrollBy(0, anchor.getBoundingClientRect().top - top) : scrollTo(0, scrolledTo);
}

function route() {
  const [, kind, value] = location.hash.match(/^#(cell|run)=(.*)$/) ?? [];
  const key = value === undefined ? null : decodeURIComponent(value);
  const there = kind === "cell" ? cellsByHash.has(key) : runsById.has(key);
  if (kind && there) {
    show(kind === "cell" ? new CellPage(key) : new RunPage(key));
  } else {
    showOverview(kind ? null : location.hash.slice(1));
  }
}

function show(page) {
  if (!open) {
    seen = inView();
  }
  open?.view?.pause();
  open = page;
  byId("overview").hidden = true;
  byId("detail").hidden = false;
  byId("detail").replaceChildren(page.root);
  page.update();
  page.heading.focus({ preventScroll: true });
  byId("content").scrollIntoView();
}

function showOverview(anchor) {
  if (!open) {
    return;
  }
  open.view?.pause();
  open = null;
  byId("overview").hidden = false;
  byId("detail").hidden = true;
  byId("detail").replaceChildren();
  const place = anchor ? byId(anchor) : null;
  place ? place.scrollIntoView() : scrollBack(seen);
  (place?.querySelector("h2") ?? byId("content")).setAttribute("tabindex", -1);
  (place?.querySelector("h2") ?? byId("content")).focus({ preventScroll: true });
}

// ---- the live sweep ----

const POLL_MILLISECONDS = 2000;
let tag = null;

function liveStatus(text, lost) {
  const line = byId("live");
  line.hidden = false;
  line.classList.toggle("lost", lost);
  // The text is set only if it changed, because a screen reader reads it each time.
  if (line.textContent !== text) {
    line.textContent = text;
  }
}

async function poll() {
  try {
    const answer = await fetch(`report.json${location.search}`, { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status === 200) {
      tag = answer.headers.get("ETag");
      report = await answer.json();
      drawAll();
      updateOpen();
    } else if (answer.status !== 304) {
      throw new Error(`status ${answer.status}`);
    }
    liveStatus(report.live ? "Live: this page follows the sweep." : "The sweep has ended; this is its last state.", false);
  } catch {
    liveStatus("The sweep's process cannot be reached; this is what it last said.", true);
  }
  if (report.live) {
    setTimeout(poll, POLL_MILLISECONDS);
  }
}

function updateOpen() {
  if (open && (cellsByHash.has(open.hash) || runsById.has(open.id))) {
    open.update();
  }
}

// ---- printing ----

/** Draws what the reader has not scrolled to yet, and redraws dark pictures in the light theme. */
function startPrinting() {
  const dark = isDark();
  printing = true;
  if (!open) {
    figureViews.forEach((view) => view.drawn || view.draw());
    gallery.paintRest();
  }
  if (dark) {
    redrawPictures();
  }
}

function endPrinting() {
  printing = false;
  if (isDark()) {
    redrawPictures();
  }
}

// ---- start ----

index();
startTheme();
drawAll();
redrawPictures();
addEventListener("hashchange", route);
addEventListener("beforeprint", startPrinting);
addEventListener("afterprint", endPrinting);
route();
if (report.live) {
  poll();
}
