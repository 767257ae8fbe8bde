/* The legend: a ruler of the classes, or a square of two figures, and what lies above.

   Everything that comes from data is written with textContent, never as HTML. */
(function () {
  "use strict";

  const { swatch } = window.lpipgeoTextures;
  const { swatch: sign } = window.lpipgeoPlaces;
  const MAX_ASIDE = 8; // pixels between an edge's number and its middle

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  class Legend {
    constructor() {
      this.box = element("div", "lp-legend");
      this.overlays = element("div", "lp-overlays");
    }

    /* Draw a view's legend; `figures` are those that the marks of areas stand for. */
    show(view, figures) {
      this.view = view;
      this.figures = figures;
      const { legend } = view;
      const keys = this.keys();
      const method = element("div", "lp-method", legend.method);
      const body = legend.square
        ? [element("div", "lp-unit", "Where two figures meet"), this.square(), method]
        : [element("div", "lp-unit", legend.unit), this.histogram(), this.ruler(), method];
      this.box.replaceChildren(...body, keys, this.circles(), this.overlays);
      this.settle();
    }

    /* Find room for the ruler's words, which depends on styles and typeface. */
    settle() {
      if (this.marks) separateMarks(this.marks);
      if (this.view?.legend.edges.length) thinEdges(this.edges);
    }

    ruler() {
      const { legend, colours, edges } = this.view;
      const ruler = element("div", "lp-ruler");
      ruler.style.setProperty("--k", colours.length);
      this.marks = element("div", "lp-marks");
      for (const mark of legend.marks) {
        const before = mark.value < edges[0] ? "◂ " : ""; // beyond the ruler's ends
        const after = mark.value > edges[edges.length - 1] ? " ▸" : "";
        const node = element("span", "lp-mark", before + mark.label + after);
        node.title = mark.text;
        this.place(node, mark.value);
        this.marks.append(node);
      }
      const bar = element("div", "lp-bar");
      for (const colour of colours) {
        const cell = element("span");
        cell.style.background = colour;
        bar.append(cell);
      }
      this.hoverMark = element("span", "lp-hover-mark");
      this.selectedMark = element("span", "lp-selected-mark");
      this.hoverMark.hidden = this.selectedMark.hidden = true;
      bar.append(this.hoverMark, this.selectedMark);
      this.edges = element("div", "lp-edges");
      legend.edges.forEach((text, i) => {
        const node = element("span", "", text);
        node.style.left = (100 * i) / colours.length + "%";
        this.edges.append(node);
      });
      ruler.append(this.marks, bar, this.edges);
      return ruler;
    }

    /* Three by three: the first figure grows to the right, the second upwards. */
    square() {
      const { legend: { square }, colours } = this.view;
      this.marks = null;
      const node = element("div", "lp-square");
      const up = element("div", "lp-up", `${square.up} →`);
      const cells = element("div", "lp-cells");
      for (const row of [2, 1, 0]) {
        for (const column of [0, 1, 2]) {
          const number = 3 * row + column;
          const cell = element("span");
          cell.style.background = colours[number];
          cell.title = square.cells[number];
          cells.append(cell);
        }
      }
      this.hoverMark = element("span", "lp-hover-cell");
      this.selectedMark = element("span", "lp-selected-cell");
      this.hoverMark.hidden = this.selectedMark.hidden = true;
      cells.append(this.hoverMark, this.selectedMark);
      node.append(up, cells, element("div", "lp-high", "high in both"),
        element("div", "lp-low", "low in both"),
        element("div", "lp-across", `${square.across} →`));
      return node;
    }

    keys() {
      const { legend, colours } = this.view;
      const notes = element("div", "lp-keys");
      legend.names.forEach((name, i) => {
        const node = element("span", "lp-key");
        const colour = element("i", "lp-swatch");
        colour.style.backgroundColor = colours[i];
        node.append(colour, element("span", "", name));
        notes.append(node);
      });
      for (const { texture, label, about } of legend.keys) {
        const node = element("span", "lp-key");
        const isWhite = ["hatched", "outline", "dashed"].includes(texture);
        const colour = isWhite ? "#FFFFFF" : colours[Math.floor(colours.length / 2)];
        node.title = about;
        node.append(swatch(texture, colour), element("span", "", label));
        notes.append(node);
      }
      return notes;
    }

    /* How many areas lie where on the ruler below. */
    histogram() {
      const { legend, colours } = this.view;
      const node = element("div", "lp-histogram");
      node.title = "How many areas lie where on the ruler below";
      node.setAttribute("aria-hidden", "true");
      const most = Math.max(...legend.histogram.map(([count]) => count));
      for (const [count, number] of legend.histogram) {
        const bar = element("i");
        bar.style.height = `${Math.max(count ? 4 : 0, (100 * count) / most)}%`;
        bar.style.background = colours[number];
        node.append(bar);
      }
      return node;
    }

    /* The sizes of two round values. */
    circles() {
      const { circles } = this.view;
      const node = element("div", "lp-circles");
      this.rings = [];
      if (!circles) return node;
      const sizes = element("div", "lp-sizes");
      for (const [value, text] of circles.examples) {
        const ring = element("i");
        this.rings.push([ring, circles.reach * Math.sqrt(value / circles.largest)]);
        const key = element("span", "lp-key");
        key.append(ring, element("span", "", text));
        sizes.append(key);
      }
      node.append(element("div", "lp-unit", circles.title), sizes,
        element("div", "lp-method", `Circles stand for ${circles.level}: twice the value, twice the area.`));
      return node;
    }

    /* Circles grow a little when the map is zoomed in; so do those of the legend. */
    growCircles(times) {
      for (const [ring, radius] of this.rings || []) {
        ring.style.width = ring.style.height = `${2 * radius * times}px`;
      }
    }

    /* One line per overlay: its mark, its name and how many are in view. */
    showOverlays(overlays, view) {
      this.overlays.replaceChildren(...[...overlays].reverse().map((overlay) => {
        const seen = overlay.places.within(view).length;
        const all = overlay.places.features.length;
        const count = seen === all ? String(all) : `${seen} of ${all} in view`;
        const node = element("div", "lp-key");
        node.append(sign(overlay), element("span", "", overlay.title),
          element("span", "lp-count", count));
        return node;
      }));
    }

    markHover(index) {
      if (this.hoverMark) this.placeArea(this.hoverMark, index);
    }

    markSelected(index) {
      if (this.selectedMark) this.placeArea(this.selectedMark, index);
    }

    /* Where only bands may be read, a mark stands in the middle of its band. */
    placeArea(node, index) {
      const letter = index < 0 ? "-" : this.view.classes[index];
      const number = parseInt(letter, 36);
      if (this.view.legend.square) {
        node.hidden = Number.isNaN(number);
        node.style.left = `${(100 * (number % 3)) / 3}%`;
        node.style.top = `${(100 * (2 - Math.floor(number / 3))) / 3}%`;
        return;
      }
      if (Number.isNaN(number)) return this.place(node, null);
      if (!this.figures.packed.format.bands) {
        return this.place(node, this.figures.values[index]);
      }
      const { edges } = this.view;
      this.place(node, (edges[number] + edges[number + 1]) / 2);
    }

    place(node, value) {
      const at = this.position(value);
      node.hidden = at === null;
      if (at !== null) node.style.left = at + "%";
    }

    position(value) {
      const { edges } = this.view; // numbers, one more than classes
      const k = edges.length - 1;
      if (value === null || Number.isNaN(value) || k < 1) return null;
      if (value <= edges[0]) return 0;
      for (let i = 0; i < k; i++) {
        if (value <= edges[i + 1]) {
          const width = edges[i + 1] - edges[i] || 1;
          return (100 * (i + (value - edges[i]) / width)) / k;
        }
      }
      return 100;
    }
  }

  /* Where long numbers would overlap, inner edges give way. The ends stay, and the edge
     before the last: the last class may be much wider in figures than the others. It
     stands by the end's number, which is not centred, so it may move aside a little. */
  function thinEdges(edges) {
    const nodes = [...edges.children];
    const boxes = nodes.map((node) => {
      node.style.marginLeft = "0";
      const { left, right } = node.getBoundingClientRect();
      return { left, right };
    });
    const last = nodes.length - 1;
    const kept = [boxes[0], boxes[last]];
    const inner = nodes.map((_, i) => i).slice(1, last);
    for (const i of [...inner.slice(-1), ...inner.slice(0, -1)]) {
      const box = boxes[i];
      const aside = i === last - 1 ? Math.max(0, box.right + 4 - boxes[last].left) : 0;
      box.left -= aside;
      box.right -= aside;
      const fits = aside <= MAX_ASIDE
        && kept.every(({ left, right }) => box.left > right + 3 || box.right + 3 < left);
      nodes[i].style.visibility = fits ? "" : "hidden";
      nodes[i].style.marginLeft = `${-aside}px`;
      if (fits) kept.push(box);
    }
  }

  /* Labels that would meet move apart; each tick stays where its value is. */
  function separateMarks(marks) {
    const nodes = [...marks.children].sort((a, b) => a.offsetLeft - b.offsetLeft);
    const widths = nodes.map((node) => node.offsetWidth + 6);
    const lefts = nodes.map((node, i) => node.offsetLeft - widths[i] / 2);
    for (let i = 1; i < nodes.length; i++) {
      const overlap = Math.max(0, lefts[i - 1] + widths[i - 1] - lefts[i]);
      lefts[i - 1] -= overlap / 2;
      lefts[i] += overlap / 2;
    }
    let from = 0;
    let to = marks.offsetWidth;
    for (let i = 0; i < nodes.length; i++) {
      lefts[i] = Math.max(lefts[i], from);
      from = lefts[i] + widths[i];
    }
    for (let i = nodes.length - 1; i >= 0; i--) {
      lefts[i] = Math.min(lefts[i], to - widths[i]);
      to = lefts[i];
      const shift = lefts[i] + widths[i] / 2 - nodes[i].offsetLeft;
      nodes[i].style.setProperty("--shift", shift + "px");
    }
  }

  window.lpipgeoLegend = { Legend, element };
})();
