"use strict";
// Pictures of points on canvases: samples at each step of training, and latents beside their samples.

/** The largest encoded coordinate, in half widths of the target's square; SpaceSamples has the same number. */
const REACH = 1.5;
/** The half width of the pictures, in half widths of the target's square. Pictures say how many points are outside. */
const SHOWN = 1.2;
const FULL = 32767;

/** Decodes little-endian integers, which is the byte order of every processor that browsers run on. */
function int16(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return new Int16Array(bytes.buffer);
}

/** Decodes pairs of coordinates of the sample space. */
function coordinates(encoded, halfWidth) {
  return Float32Array.from(encoded, (value) => (value / FULL) * REACH * halfWidth);
}

function inks() {
  return isDark()
    ? { text: "#c9cdd1", rule: "#3a4046", paper: "#1b1e21", truth: "#7d848b", points: "#56B4E9" }
    : { text: "#43474d", rule: "#deded8", paper: "#ffffff", truth: "#a9adb2", points: "#0072B2" };
}

/** The background of points coloured by latent position. It is the same in both themes, because some of these colours are dark. */
const NEUTRAL = "#f3f3ef";

/** The colour of a latent position (x, y) in the unit square: hue 0.9 x, saturation 1, value 0.2 + 0.8 y. */
function latentColour(x, y) {
  const hue = 0.9 * x * 6;
  const value = 0.2 + 0.8 * y;
  const channel = (shift) => {
    const k = (shift + hue) % 6;
    return Math.round(255 * value * (1 - Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return `rgb(${channel(5)},${channel(3)},${channel(1)})`;
}

/** About five round numbers between low and high. */
function ticks(low, high) {
  const raw = (high - low) / 5;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((m) => m * power).find((s) => s >= raw);
  const marks = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) {
    marks.push(Number((i * step).toPrecision(6)));
  }
  return marks;
}

/** A canvas with axes, redrawn when its size or the theme changes. */
class Plane {
  static MARGIN = { left: 50, right: 8, top: 8, bottom: 40 };
  static all = new Set();

  constructor({ x, y, xLabel, yLabel, coloured = false, strip = false }) {
    Object.assign(this, { x, y, xLabel, yLabel, coloured, strip });
    this.canvas = element("canvas", { class: strip ? "plane strip" : "plane", role: "img" });
    new ResizeObserver(() => this.redraw()).observe(this.canvas);
    Plane.all.add(this);
  }

  static redrawAll() {
    Plane.all.forEach((plane) => (plane.canvas.isConnected ? plane.redraw() : Plane.all.delete(plane)));
  }

  /** Sets what is drawn, and its description for screen readers. */
  show(paint, description) {
    this.paint = paint;
    this.canvas.setAttribute("aria-label", description);
    this.redraw();
  }

  redraw() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (width === 0 || !this.paint) {
      return;
    }
    const scale = devicePixelRatio || 1;
    this.canvas.width = Math.round(width * scale);
    this.canvas.height = Math.round(height * scale);
    this.size = { width, height };
    const pen = this.canvas.getContext("2d");
    pen.scale(scale, scale);
    this.axes(pen);
    pen.save();
    const { left, top } = Plane.MARGIN;
    pen.beginPath();
    pen.rect(left, top, this.innerWidth(), this.innerHeight());
    pen.clip();
    this.paint(pen, this);
    pen.restore();
  }

  innerWidth() {
    return this.size.width - Plane.MARGIN.left - Plane.MARGIN.right;
  }

  innerHeight() {
    return this.size.height - Plane.MARGIN.top - Plane.MARGIN.bottom;
  }

  toX(x) {
    return Plane.MARGIN.left + ((x - this.x[0]) / (this.x[1] - this.x[0])) * this.innerWidth();
  }

  toY(y) {
    return Plane.MARGIN.top + ((this.y[1] - y) / (this.y[1] - this.y[0])) * this.innerHeight();
  }

  axes(pen) {
    const ink = inks();
    const { left, top } = Plane.MARGIN;
    const bottom = top + this.innerHeight();
    pen.fillStyle = this.coloured ? NEUTRAL : ink.paper;
    pen.fillRect(left, top, this.innerWidth(), this.innerHeight());
    pen.strokeStyle = ink.rule;
    pen.strokeRect(left + 0.5, top + 0.5, this.innerWidth() - 1, this.innerHeight() - 1);
    pen.fillStyle = ink.text;
    pen.font = "12px system-ui, sans-serif";
    pen.textAlign = "center";
    const label = (mark) => String(mark).replace("-", "−");
    ticks(...this.x).forEach((mark) => pen.fillText(label(mark), this.toX(mark), bottom + 16));
    pen.fillText(this.xLabel, left + this.innerWidth() / 2, bottom + 34);
    if (this.yLabel) {
      pen.textAlign = "right";
      ticks(...this.y).forEach((mark) => pen.fillText(label(mark), left - 6, this.toY(mark) + 4));
      pen.save();
      pen.translate(12, top + this.innerHeight() / 2);
      pen.rotate(-Math.PI / 2);
      pen.textAlign = "center";
      pen.fillText(this.yLabel, 0, 0);
      pen.restore();
    }
  }
}

function dots(pen, plane, points, colour, size) {
  pen.fillStyle = colour;
  for (let i = 0; i < points.length; i += 2) {
    pen.fillRect(plane.toX(points[i]) - size / 2, plane.toY(points[i + 1]) - size / 2, size, size);
  }
}

/** The number of points outside the picture. */
function beyond(points, reach) {
  let n = 0;
  for (let i = 0; i < points.length; i += 2) {
    n += Math.abs(points[i]) > reach || Math.abs(points[i + 1]) > reach ? 1 : 0;
  }
  return n;
}

/** The shares of points in bins of equal width, for targets of one dimension. */
function histogram(points, reach, bins = 60) {
  const shares = new Float32Array(bins);
  for (let i = 0; i < points.length; i += 2) {
    const bin = Math.floor(((points[i] + reach) / (2 * reach)) * bins);
    if (bin >= 0 && bin < bins) {
      shares[bin] += 2 / points.length;
    }
  }
  return shares;
}

function steps(pen, plane, shares, colour, filled) {
  const [low, high] = plane.x;
  const width = (high - low) / shares.length;
  pen.beginPath();
  pen.moveTo(plane.toX(low), plane.toY(0));
  shares.forEach((share, i) => {
    pen.lineTo(plane.toX(low + i * width), plane.toY(share));
    pen.lineTo(plane.toX(low + (i + 1) * width), plane.toY(share));
  });
  pen.lineTo(plane.toX(high), plane.toY(0));
  pen.fillStyle = pen.strokeStyle = colour;
  pen.lineWidth = 2;
  filled ? pen.fill() : pen.stroke();
}

/** Describes where points lie. */
function spread(points, dimensions) {
  return ["x", "y"].slice(0, dimensions).map((name, axis) => {
    const values = points.filter((_, i) => i % 2 === axis);
    const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
    return `${name} has mean ${format(mean)} and standard deviation ${format(Math.sqrt(variance))}`;
  }).join(", ");
}

/** The samples of a run during training over samples of the target. A slider selects the step. */
class TrainingView {
  constructor(training, target, at = 0) {
    this.training = training;
    this.all = coordinates(int16(training.samples), training.half_width);
    this.truth = target ? coordinates(int16(target.samples), target.half_width) : new Float32Array();
    this.still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.build(at);
  }

  build(at) {
    const { steps: marks, run_id, seed, points, dimensions } = this.training;
    const reach = SHOWN * this.training.half_width;
    const flat = dimensions === 1;
    const top = flat ? this.tallest() * 1.1 : reach;
    this.plane = new Plane({ x: [-reach, reach], y: [flat ? 0 : -reach, top], xLabel: "x", yLabel: flat ? "share of points in a bin" : "y" });
    const id = identifier("step");
    this.slider = element("input", { type: "range", id, min: 0, max: marks.length - 1, step: 1, oninput: () => this.show(), onpointerdown: () => this.pause() });
    this.slider.value = Math.min(at, marks.length - 1);
    this.output = element("output", { for: id });
    this.button = element("button", { type: "button", onclick: () => this.press() }, this.still ? "Next step" : "Play");
    const n = `n = ${points.toLocaleString("en")} generated points (blue) over ${(this.truth.length / 2).toLocaleString("en")} of the target (grey).`;
    this.outside = element("span");
    this.root = element("figure", {},
      element("div", { class: "pictures" }, this.plane.canvas),
      element("div", { class: "scrubber" }, this.button, element("label", { for: id, class: "unseen" }, "Step of training"), this.slider, this.output),
      element("figcaption", { class: "caption" }, n + ` Run `, element("a", { href: `#run=${run_id}` }, run_id), `, seed ${seed}.`, this.outside));
    this.show();
  }

  tallest() {
    const reach = SHOWN * this.training.half_width;
    const shares = this.training.steps.map((_, i) => Math.max(...histogram(this.at(i), reach)));
    const truth = this.truth.length ? Math.max(...histogram(this.truth, reach)) : 0;
    // A collapsed generator puts all points in one bin, which would make the target look flat. The axis ends at twice the target's height instead.
    return Math.min(Math.max(truth, ...shares), truth > 0 ? 2 * truth : Infinity);
  }

  at(index) {
    const { points } = this.training;
    return this.all.subarray(index * points * 2, (index + 1) * points * 2);
  }

  show() {
    const index = Number(this.slider.value);
    const { steps: marks, dimensions, half_width, points } = this.training;
    const cloud = this.at(index);
    const label = `Step ${marks[index].toLocaleString("en")}`;
    this.output.textContent = `${label} of ${marks.at(-1).toLocaleString("en")}`;
    this.slider.setAttribute("aria-valuetext", this.output.textContent);
    const paint = dimensions === 1
      ? (pen, plane) => {
          steps(pen, plane, histogram(this.truth, SHOWN * half_width), inks().truth, true);
          steps(pen, plane, histogram(cloud, SHOWN * half_width), inks().points, false);
        }
      : (pen, plane) => {
          dots(pen, plane, this.truth, inks().truth, 4);
          dots(pen, plane, cloud, inks().points, 2);
        };
    const out = beyond(cloud, SHOWN * half_width);
    this.outside.textContent = out === 0 ? "" : ` ${count(out, "generated point")} outside the picture.`;
    const truth = this.truth.length ? ` Of the target's, ${spread(this.truth, dimensions)}.` : "";
    this.plane.show(paint, `${label} of training: of ${points.toLocaleString("en")} generated points, ${spread(cloud, dimensions)}.${truth}`);
  }

  press() {
    if (this.timer) {
      this.pause();
    } else if (this.still) {
      this.step();
    } else {
      this.button.textContent = "Pause";
      this.timer = setInterval(() => this.step(), 400);
    }
  }

  step() {
    const last = this.training.steps.length - 1;
    const next = Number(this.slider.value) + 1;
    this.slider.value = next > last ? 0 : next;
    this.show();
    if (next >= last || !this.root.isConnected) {
      this.pause();
    }
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.button.textContent = this.still ? "Next step" : "Play";
  }
}

/**
 * Latents and the samples that a generator makes of them; a latent and its sample have the same colour.
 * Points that are brushed in one picture, by hovering, dragging or the arrow keys, stand out in both.
 */
class MapView {
  constructor(map, target) {
    this.map = map;
    this.unit = Float32Array.from(int16(map.latents), (value) => (value + FULL) / (2 * FULL));
    this.samples = coordinates(int16(map.samples), target.half_width);
    this.dimensions = target.dimensions;
    this.flat = map.latent_axes === 1;
    this.colours = Array.from({ length: map.points }, (_, i) => latentColour(this.unit[2 * i], this.flat ? 0.75 : this.unit[2 * i + 1]));
    this.lit = null;
    this.build(SHOWN * target.half_width);
  }

  build(reach) {
    const { latent_low: low, latent_high: high, points, run_id, seed } = this.map;
    const span = [low, high];
    this.reach = reach;
    this.latents = Float32Array.from(this.unit, (u) => low + u * (high - low));
    const strip = (values) => values.map((v, i) => (i % 2 === 0 ? v : ((i * 0.618034) % 1)));
    const latent = { x: span, y: this.flat ? [0, 1] : span, xLabel: "z₁", yLabel: this.flat ? null : "z₂", coloured: true, strip: this.flat };
    const line = this.dimensions === 1;
    const sample = { x: [-reach, reach], y: line ? [0, 1] : [-reach, reach], xLabel: "x", yLabel: line ? null : "y", coloured: true, strip: line };
    this.views = [
      { name: "latents", plane: new Plane(latent), points: this.flat ? strip(this.latents) : this.latents },
      { name: "samples", plane: new Plane(sample), points: line ? strip(this.samples) : this.samples },
    ];
    this.says = element("p", { class: "caption", role: "status" });
    const part = (view) => element("div", {}, element("h4", { class: "lead" }, view.name === "latents" ? "Latents" : "Samples"), view.plane.canvas);
    this.root = element("figure", {}, element("div", { class: "pictures" }, ...this.views.map(part)), this.says,
      element("figcaption", { class: "caption" },
        `n = ${points.toLocaleString("en")} latents and their samples; hue follows z₁${this.flat ? "" : ", brightness z₂"}. Hover, or drag a box; with the keyboard, arrow keys move the brush, + and − size it, Escape clears it. Run `,
        element("a", { href: `#run=${run_id}` }, run_id), `, seed ${seed}.`));
    this.views.forEach((view) => this.brush(view));
    this.draw();
  }

  brush(view) {
    const { canvas } = view.plane;
    canvas.classList.add("brush");
    canvas.setAttribute("tabindex", 0);
    canvas.setAttribute("role", "application");
    canvas.setAttribute("aria-roledescription", "picture with a brush");
    const place = (event) => ({ x: event.offsetX, y: event.offsetY });
    canvas.addEventListener("pointerdown", (event) => {
      canvas.setPointerCapture(event.pointerId);
      view.from = place(event);
    });
    canvas.addEventListener("pointermove", (event) => {
      const to = place(event);
      if (view.from) {
        this.light(view, (x, y) => (x - view.from.x) * (x - to.x) <= 0 && (y - view.from.y) * (y - to.y) <= 0);
        this.held = true;
      } else if (!this.held) {
        this.around(view, to, 18);
      }
    });
    canvas.addEventListener("pointerup", (event) => {
      const to = place(event);
      // A click removes the box that was dragged before.
      this.held = Math.hypot(to.x - view.from.x, to.y - view.from.y) > 3;
      view.from = null;
      if (!this.held) {
        this.around(view, to, 18);
      }
    });
    canvas.addEventListener("pointerleave", () => this.held || this.clear());
    canvas.addEventListener("keydown", (event) => this.key(view, event));
    canvas.addEventListener("blur", () => this.held || this.clear());
  }

  key(view, event) {
    const moves = { ArrowLeft: [-12, 0], ArrowRight: [12, 0], ArrowUp: [0, -12], ArrowDown: [0, 12] };
    const { width, height } = view.plane.size;
    view.at ??= { x: width / 2, y: height / 2, radius: 24 };
    if (event.key === "Escape") {
      this.held = false;
      this.clear();
      return;
    } else if (event.key in moves) {
      view.at.x = Math.min(width, Math.max(0, view.at.x + moves[event.key][0]));
      view.at.y = Math.min(height, Math.max(0, view.at.y + moves[event.key][1]));
    } else if (event.key === "+" || event.key === "-") {
      view.at.radius = Math.max(8, view.at.radius + (event.key === "+" ? 8 : -8));
    } else {
      return;
    }
    event.preventDefault();
    this.around(view, view.at, view.at.radius);
  }

  around(view, place, radius) {
    this.light(view, (x, y) => Math.hypot(x - place.x, y - place.y) <= radius);
  }

  /** Highlights the points whose position in pixels in a view passes a test. */
  light(view, test) {
    const { plane, points } = view;
    this.lit = new Uint8Array(this.map.points);
    for (let i = 0; i < this.map.points; i++) {
      this.lit[i] = test(plane.toX(points[2 * i]), plane.toY(points[2 * i + 1])) ? 1 : 0;
    }
    this.draw();
  }

  clear() {
    this.lit = null;
    this.draw();
  }

  draw() {
    for (const view of this.views) {
      view.plane.show((pen, plane) => this.paint(pen, plane, view.points), this.describe(view));
    }
    this.says.textContent = this.lit ? this.brushed() : "";
  }

  paint(pen, plane, points) {
    const pass = (size, alpha, wanted) => {
      pen.globalAlpha = alpha;
      for (let i = 0; i < this.map.points; i++) {
        if (wanted(i)) {
          pen.fillStyle = this.colours[i];
          pen.fillRect(plane.toX(points[2 * i]) - size / 2, plane.toY(points[2 * i + 1]) - size / 2, size, size);
        }
      }
    };
    if (this.lit) {
      pass(2, 0.15, (i) => !this.lit[i]);
      pass(5, 1, (i) => this.lit[i]);
    } else {
      pass(3, 0.9, () => true);
    }
  }

  describe(view) {
    const n = `${this.map.points.toLocaleString("en")} ${view.name}`;
    const out = view.name === "samples" ? beyond(this.samples, this.reach) : 0;
    const axes = view.name === "latents" ? this.map.latent_axes : this.dimensions;
    const exact = view.name === "latents" ? this.latents : this.samples;
    return `${n}, coloured by latent position: ${spread(exact, axes)}${out ? `; ${out} lie outside the picture` : ""}.`;
  }

  brushed() {
    const chosen = (points, axis) => [...this.lit.keys()].filter((i) => this.lit[i]).map((i) => points[2 * i + axis]);
    const range = (name, values) => `${name} ${format(Math.min(...values))} to ${format(Math.max(...values))}`;
    const z = chosen(this.latents, 0);
    if (z.length === 0) {
      return "No point is brushed.";
    }
    const parts = [range("z₁", z)];
    if (!this.flat) {
      parts.push(range("z₂", chosen(this.latents, 1)));
    }
    parts.push(range("x", chosen(this.samples, 0)));
    if (this.dimensions > 1) {
      parts.push(range("y", chosen(this.samples, 1)));
    }
    return `${z.length.toLocaleString("en")} of ${count(this.map.points, "point")} brushed: ${parts.join(", ")}.`;
  }
}

/** A small picture of a cell's samples without axes, coloured by latent position if that is known. */
function thumbnail(canvas, cell, target) {
  const side = Math.round((canvas.clientWidth || 136) * (devicePixelRatio || 1));
  canvas.width = canvas.height = side;
  const pen = canvas.getContext("2d");
  const picture = cell.map ?? cell.training;
  const encoded = int16(picture.samples);
  const points = cell.map ? encoded : encoded.subarray(-2 * picture.points);
  const latents = cell.map ? int16(picture.latents) : null;
  pen.fillStyle = cell.map ? NEUTRAL : inks().paper;
  pen.fillRect(0, 0, side, side);
  const flat = (target?.dimensions ?? cell.training?.dimensions) === 1;
  const dot = Math.max(1, side / 90);
  const place = (value) => (value / FULL) * (REACH / SHOWN);
  const unit = (value) => (value + FULL) / (2 * FULL);
  for (let i = 0; i < picture.points; i++) {
    const [x, y] = [place(points[2 * i]), flat ? ((i * 0.618034) % 1) - 0.5 : place(points[2 * i + 1])];
    pen.fillStyle = latents ? latentColour(unit(latents[2 * i]), cell.map.latent_axes === 1 ? 0.75 : unit(latents[2 * i + 1])) : inks().points;
    pen.fillRect(((x + 1) / 2) * side, ((1 - y) / 2) * side, dot, dot);
  }
}
