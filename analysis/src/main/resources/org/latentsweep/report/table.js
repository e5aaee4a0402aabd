"use strict";
// Elements, numbers and tables. Text always becomes a text node, so that text in the data cannot become markup.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) {
      made.addEventListener(name.slice(2), value);
    } else if (value === true) {
      made.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      made.setAttribute(name, value);
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

let identifiers = 0;
function identifier(stem) {
  return `${stem}-${++identifiers}`;
}

/** Makes screen readers say a text. */
function announce(text) {
  document.getElementById("announcer").textContent = text;
}

function count(n, one, many = one + "s") {
  return `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
}

const INFINITIES = { Infinity: Infinity, "-Infinity": -Infinity };

/** The value of a table's cell: a number, text or null. */
function valueOf(cell) {
  return typeof cell === "string" && cell in INFINITIES ? INFINITIES[cell] : cell ?? null;
}

/** Formats numbers to three significant digits, and integers in full. */
function format(cell) {
  const value = valueOf(cell);
  if (value === null) {
    return "–";
  }
  return typeof value === "number" ? digits(value).replaceAll("-", "−") : String(value);
}

function digits(value) {
  if (!Number.isFinite(value)) {
    return value > 0 ? "∞" : "-∞";
  }
  if (Number.isInteger(value)) {
    return String(value);
  }
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-3) {
    return value.toExponential(2);
  }
  return size >= 1000 ? String(Number(value.toPrecision(3))) : value.toPrecision(3);
}

/** Orders numbers by size, then texts, then missing values. */
function compare(a, b) {
  const rank = (value) => (value === null ? 2 : typeof value === "number" ? 0 : 1);
  if (rank(a) !== rank(b)) {
    return rank(a) - rank(b);
  }
  return a === b ? 0 : typeof a === "string" ? a.localeCompare(b, "en", { numeric: true }) : a < b ? -1 : 1;
}

function csv(table) {
  const field = (cell) => {
    const text = cell === null || cell === undefined ? "" : String(cell);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [table.columns, ...table.rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}

/** Rows as objects with the columns' names as keys. */
function records(table) {
  return table.rows.map((row) => Object.fromEntries(table.columns.map((column, i) => [column, row[i]])));
}

function isEmpty(table) {
  return !table || !table.rows || table.rows.length === 0;
}

function save(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  element("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

function csvButton(name, table) {
  return element("button", { type: "button", "aria-label": `Download CSV of ${name}`, onclick: () => save(`${name}.csv`, "text/csv", csv(table())) }, "Download CSV");
}

/** SQL with a button that copies it. */
function sqlBlock(sql, label) {
  const code = element("pre", { tabindex: 0, "aria-label": `SQL of ${label}` }, sql);
  const copy = element("button", { type: "button", "aria-label": `Copy the SQL of ${label}` }, "Copy SQL");
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(sql);
      announce("Copied");
      copy.textContent = "Copied";
      setTimeout(() => (copy.textContent = "Copy SQL"), 2000);
    } catch {
      getSelection().selectAllChildren(code);
      announce("The browser forbids copying; the SQL is selected");
    }
  });
  return element("div", {}, code, copy);
}

/**
 * A table that sorts by a click on a column's name and is filtered by text and by chosen columns. It
 * shows one page of its rows at a time, so that its cost does not depend on the number of rows. An
 * update of the rows keeps the reader's settings.
 *
 * options.name      the table's name, for readers and for the CSV file
 * options.caption   a description of its rows
 * options.choices   columns that are filtered by a select box
 * options.initial   by column, the values of which the first that the column has is selected at first
 * options.links     by column, a function from a value to its href, or null for no link
 * options.shorten   by column, the number of characters to which values are shortened
 */
class DataTable {
  static SIZES = [25, 100, 500];
  /** Tables with at most so many rows have no filters. Chosen by judgement: they fit on the screen. */
  static MAX_UNFILTERED = 5;

  constructor(options) {
    this.options = { choices: [], initial: {}, links: {}, shorten: {}, ...options };
    this.table = { columns: [], rows: [] };
    this.text = "";
    this.chosen = {};
    this.sort = { column: null, descending: false };
    this.page = 0;
    this.size = DataTable.SIZES[0];
    this.build();
  }

  build() {
    this.selects = element("span", { class: "choices" });
    this.selectOf = {};
    this.input = element("input", { type: "search", oninput: () => this.filter(() => (this.text = this.input.value)) });
    this.counter = element("span", { class: "count" });
    this.controls = element("div", { class: "controls" }, element("label", {}, "Find text", this.input), this.selects, this.counter);
    this.head = element("tr");
    this.body = element("tbody");
    const caption = element("caption", {}, element("span", {}, this.options.caption));
    const scroller = element("div", { class: "scroller", role: "region", tabindex: 0, "aria-label": `Table: ${this.options.name}` });
    scroller.append(element("table", {}, caption, element("thead", {}, this.head), this.body));
    this.root = element("div", { class: "data" }, this.controls, scroller, this.buildPager(), this.buildActions());
  }

  buildPager() {
    const turn = (label, to) => element("button", { type: "button", "aria-label": `${label} page of ${this.options.name}`, onclick: () => this.turn(to) }, label);
    this.previous = turn("Previous", () => this.page - 1);
    this.next = turn("Next", () => this.page + 1);
    this.place = element("span");
    const sizes = element("select", { onchange: () => this.filter(() => (this.size = Number(sizes.value))) });
    sizes.append(...DataTable.SIZES.map((size) => element("option", { value: size }, String(size))));
    this.pager = element("nav", { class: "pager", "aria-label": `Pages of ${this.options.name}` });
    this.pager.append(this.previous, this.place, this.next, element("label", {}, "Rows per page", sizes));
    return this.pager;
  }

  buildActions() {
    this.partial = element("span", { class: "caption" });
    this.sql = element("details");
    return element("div", {}, element("p", { class: "actions" }, csvButton(this.options.name, () => this.table), this.partial), this.sql);
  }

  /** Replaces the rows and keeps the reader's settings. */
  update(table) {
    this.table = table;
    this.searched = null;
    this.drawHead();
    this.drawChoices();
    this.drawSource();
    this.draw();
  }

  drawHead() {
    const key = JSON.stringify(columnTypes(this.table));
    if (key === this.headKey) {
      return;
    }
    this.headKey = key;
    this.numeric = columnTypes(this.table).map(([, numeric]) => numeric);
    this.head.replaceChildren(...this.table.columns.map((column, i) => {
      const button = element("button", { type: "button", onclick: () => this.sortBy(column) }, column);
      return element("th", { scope: "col", "aria-sort": "none", class: this.numeric[i] ? "number" : null }, button);
    }));
  }

  drawChoices() {
    const choices = this.options.choices.filter((column) => this.table.columns.includes(column));
    for (const column of choices) {
      const values = this.values(column);
      const select = (this.selectOf[column] ??= this.select(column));
      if (select.dataset.values !== JSON.stringify(values)) {
        select.dataset.values = JSON.stringify(values);
        select.replaceChildren(element("option", { value: "" }, "all"), ...values.map((value) => element("option", { value }, value)));
        const wanted = [this.chosen[column] ?? this.options.initial[column] ?? []].flat();
        select.value = wanted.find((value) => values.includes(value)) ?? "";
      }
    }
  }

  select(column) {
    const select = element("select", { "data-column": column, onchange: () => this.filter(() => (this.chosen[column] = select.value)) });
    this.selects.append(element("label", {}, column, select));
    return select;
  }

  values(column) {
    const i = this.table.columns.indexOf(column);
    return [...new Set(this.table.rows.map((row) => row[i]).filter((value) => value !== null).map(String))];
  }

  drawSource() {
    const { rows, total, sql } = this.table;
    this.partial.textContent = total > rows.length ? `The page holds ${rows.length.toLocaleString("en")} of ${count(total, "row")}; the SQL gives them all.` : "";
    if (sql !== this.shownSql) {
      this.shownSql = sql;
      this.sql.hidden = !sql;
      this.sql.replaceChildren(element("summary", {}, "SQL"), sqlBlock(sql ?? "", this.options.name));
    }
    this.sql.hidden = !sql;
  }

  filter(change) {
    change();
    this.page = 0;
    this.draw();
    announce(`${this.options.name}: ${count(this.found.length, "row")}`);
  }

  sortBy(column) {
    const again = this.sort.column === column;
    this.sort = again && this.sort.descending ? { column: null, descending: false } : { column, descending: again };
    this.page = 0;
    this.draw();
  }

  turn(to) {
    this.page = to();
    this.draw();
    announce(this.place.textContent);
  }

  /** The rows that pass the filters, in order. */
  rows() {
    const { columns, rows } = this.table;
    this.searched ??= rows.map((row) => row.join("\n").toLowerCase());
    const text = this.text.trim().toLowerCase();
    const tests = Object.values(this.selectOf)
      .filter((select) => select.value !== "")
      .map((select) => [columns.indexOf(select.dataset.column), select.value]);
    const left = rows.filter((row, i) => this.searched[i].includes(text) && tests.every(([at, value]) => String(row[at]) === value));
    const at = columns.indexOf(this.sort.column);
    const sign = this.sort.descending ? -1 : 1;
    const missing = (row) => valueOf(row[at]) === null;
    const order = (a, b) => (missing(a) || missing(b) ? missing(a) - missing(b) : sign * compare(valueOf(a[at]), valueOf(b[at])));
    return at < 0 ? left : left.sort(order);
  }

  draw() {
    this.found = this.rows();
    const pages = Math.max(1, Math.ceil(this.found.length / this.size));
    this.page = Math.min(this.page, pages - 1);
    const from = this.page * this.size;
    const shown = this.found.slice(from, from + this.size);
    this.keepFocus(() => this.body.replaceChildren(...shown.map((row) => this.row(row))));
    const all = this.table.rows.length;
    this.counter.textContent = this.found.length === all ? count(all, "row") : `${this.found.length.toLocaleString("en")} of ${count(all, "row")}`;
    this.place.textContent = shown.length === 0 ? "No row" : `${(from + 1).toLocaleString("en")}–${(from + shown.length).toLocaleString("en")} of ${this.found.length.toLocaleString("en")}`;
    this.previous.disabled = this.page === 0;
    this.next.disabled = this.page === pages - 1;
    this.controls.hidden = all <= DataTable.MAX_UNFILTERED;
    this.pager.hidden = this.found.length <= DataTable.SIZES[0];
    this.drawOrder();
    this.options.ondraw?.(this);
  }

  drawOrder() {
    this.table.columns.forEach((column, i) => {
      const sorted = column === this.sort.column ? (this.sort.descending ? "descending" : "ascending") : "none";
      this.head.children[i].setAttribute("aria-sort", sorted);
    });
  }

  /** Gives the focus back to a link after its row was redrawn. */
  keepFocus(redraw) {
    const focused = this.body.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
    redraw();
    if (focused !== null) {
      [...this.body.querySelectorAll("a")].find((link) => link.getAttribute("href") === focused)?.focus({ preventScroll: true });
    }
  }

  row(row) {
    return element("tr", {}, ...row.map((cell, i) => this.cell(cell, i)));
  }

  cell(value, i) {
    const column = this.table.columns[i];
    const shortened = this.options.shorten[column];
    const full = value === null || value === undefined ? "" : String(value);
    const text = shortened ? full.slice(0, shortened) || "–" : format(value);
    const href = this.options.links[column]?.(value);
    const content = href ? element("a", { href, class: shortened ? null : "words" }, text) : text;
    const kind = this.numeric[i] ? "number" : full.length > 60 && !full.startsWith("{") ? "prose" : null;
    return element("td", { class: kind, title: text === full || kind === "prose" ? null : full }, content);
  }
}

/** Each column, with whether its first values are numbers. */
function columnTypes(table) {
  return table.columns.map((column, i) => {
    const values = table.rows.slice(0, 200).map((row) => valueOf(row[i])).filter((value) => value !== null);
    return [column, values.length > 0 && values.every((value) => typeof value === "number")];
  });
}
