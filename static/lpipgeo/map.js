/* The choropleth of the Map page, drawn by Leaflet on a canvas.

   Geometry is fetched once per level from a content-hashed address and kept. A switch
   of indicator, period or classes calls `lpipgeo.show` with class numbers, packed
   values and legend texts only; the canvas (area_canvas.js) is painted again.
   Everything that comes from data is written with textContent, never as HTML. */
(function () {
  "use strict";

  const { AreaCanvas, Topology, toDegrees, toWorld } = window.lpipgeoAreas;
  const { PlaceCanvas, Places, swatch } = window.lpipgeoPlaces;
  const ALPHABET =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
  const DIGIT = new Map([...ALPHABET].map((letter, i) => [letter, i]));
  const ACCENT = "#0B5A6E";
  const VIEW_KEY = "lpipgeo.view.";
  const FOCUS_KEY = "lpipgeo.focus";
  const MAX_PLACES_IN_TIP = 4;
  const LABEL_FONT = '"Source Sans", "Segoe UI", Arial, sans-serif';
  const ZOOM_BUTTONS = [0, 0, 56, 130]; // pixels that no label may use
  const files = new Map(); // address -> promise of what it holds
  const patterns = new Map(); // texture and colour -> CanvasPattern
  let state = null; // the one map of this frame

  function load(address, make = (content) => content) {
    if (!files.has(address)) {
      const carried = window.lpipgeoFiles?.[address]; // of a map saved as one file
      const promise = carried ? Promise.resolve(make(carried)) : fetch(address).then(async (answer) => {
        if (!answer.ok) throw new Error(answer.status + " " + address);
        return make(await answer.json());
      });
      promise.catch(() => files.delete(address)); // the next show tries again
      files.set(address, promise);
    }
    return files.get(address);
  }

  function loadTopology(address) {
    return load(address, (content) => new Topology(content));
  }

  function element(tag, className, text) {
    const node = document.createElement(tag);
    if (className) node.className = className;
    if (text !== undefined) node.textContent = text;
    return node;
  }

  /* ---- values ------------------------------------------------------------ */

  function unpackValues(packed, count) {
    const values = new Float64Array(count).fill(NaN);
    const { width, low, scale, text } = packed;
    for (let i = 0; i < count; i++) {
      let number = 0;
      for (let j = 0; j < width; j++) {
        number = number * 64 + DIGIT.get(text[i * width + j]);
      }
      if (number > 0) values[i] = (low + number - 1) / scale; // 0 means no value
    }
    return values;
  }

  function unpackRuns(runs) {
    const list = [];
    for (const [item, times] of runs) {
      for (let i = 0; i < times; i++) list.push(item);
    }
    return list;
  }

  function valueText(index) {
    const { view, values } = state;
    const value = values[index];
    if (Number.isNaN(value)) return statusOf(index).label;
    const { prefix, suffix, decimals, bands, names } = view.format;
    const number = (x, digits) =>
      x.toLocaleString("en-GB", {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      });
    if (bands) {
      const i = bandOf(value);
      if (names.length) return names[i - 1];
      const last = i === bands.length - 1;
      const upper = last ? " or more" : " to " + number(bands[i], 0);
      return prefix + number(bands[i - 1], 0) + upper + suffix;
    }
    return prefix + number(value, decimals) + suffix;
  }

  /* Number of the edge above a value; the last band has no upper edge. */
  function bandOf(value) {
    const { bands } = state.view.format;
    const i = bands.findIndex((edge) => value < edge);
    return i < 0 ? bands.length - 1 : i;
  }

  function statusOf(index) {
    return state.view.statuses[state.statuses[index]];
  }

  /* ---- colours and textures --------------------------------------------- */

  function pattern(texture, colour) {
    const key = texture + colour;
    if (patterns.has(key)) return patterns.get(key);
    const size = texture === "dotted" ? 6 : 7;
    const tile = element("canvas");
    tile.width = tile.height = size;
    const pen = tile.getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, size, size);
    if (texture === "dotted") {
      pen.fillStyle = isDark(colour) ? "rgba(255,255,255,.75)" : "rgba(28,35,48,.6)";
      pen.fillRect(2, 2, 1.6, 1.6);
    } else {
      pen.strokeStyle = "#9AA1AB";
      pen.lineWidth = 0.9;
      for (const shift of [-size, 0, size]) {
        pen.beginPath();
        pen.moveTo(shift, size);
        pen.lineTo(shift + size, 0);
        pen.stroke();
      }
    }
    const made = pen.createPattern(tile, "repeat");
    patterns.set(key, made);
    return made;
  }

  function isDark(colour) {
    const n = parseInt(colour.slice(1), 16);
    return (n >> 16) * 0.299 + ((n >> 8) & 255) * 0.587 + (n & 255) * 0.114 < 128;
  }

  function fillOf(index) {
    const { view } = state;
    const texture = statusOf(index).texture;
    const letter = view.classes[index];
    if (letter === "-") {
      return texture === "outline" ? "#FFFFFF" : pattern("hatched", "#FFFFFF");
    }
    const colour = view.colours[parseInt(letter, 36)];
    return texture === "dotted" ? pattern("dotted", colour) : colour;
  }

  /* Small areas far out are edged in their own colour: white lines between them
     would wash out exactly the dense places. */
  function styleOf(index) {
    const fill = fillOf(index);
    if (statusOf(index).texture === "outline") return { fill, stroke: "#5B6470", weight: 1 };
    const { level } = state.view;
    const isFar = state.map.getZoom() < { lsoa21: 11, msoa21: 9, ward25: 9 }[level];
    if (isFar) return { fill, stroke: fill, weight: 1 };
    return { fill, stroke: "rgba(255,255,255,.85)", weight: 0.7 };
  }

  /* ---- the picture ------------------------------------------------------- */

  /* Lines whose files are not here yet are added when they are. */
  function paint() {
    const lines = state.view.outlines.filter((line) => state.lines.has(line.geometry));
    const drawn = lines.map((line) => ({ ...line, ...state.lines.get(line.geometry) }));
    state.canvas.show({
      areas: state.areas,
      style: styleOf,
      under: drawn.filter((line) => line.under),
      over: drawn.filter((line) => !line.under),
    });
  }

  async function loadOutlines(outlines) {
    for (const line of outlines) {
      if (state.lines.has(line.geometry)) continue;
      try {
        const topology = await loadTopology(line.geometry);
        state.lines.set(line.geometry, { topology, arcs: topology.borders(line.under) });
        paint();
      } catch (error) {
        console.error(error); // a map without this line; tried again at the next show
      }
    }
  }

  /* Overlays are drawn when their files are here; one that fails leaves the others. */
  async function loadOverlays(overlays) {
    const turn = state.turn;
    const found = await Promise.all(overlays.map(async (overlay) => {
      try {
        const places = await load(overlay.geometry, (content) => new Places(content));
        return { ...overlay, places };
      } catch (error) {
        console.error(error);
        return null;
      }
    }));
    if (turn !== state.turn) return;
    // Points above polygons, so that no sign is hidden by a texture.
    const drawn = found.filter(Boolean);
    const isShape = ({ places }) => places.features.some((feature) => !feature.isPoint);
    state.overlays = [...drawn.filter(isShape), ...drawn.filter((o) => !isShape(o))];
    state.placeCanvas.show(state.overlays);
    drawOverlayKeys();
    document.documentElement.dataset.overlays = drawn.map(({ title }) => title).join(";");
  }

  /* ---- hover, click, selection ------------------------------------------- */

  function hover(index) {
    state.hovered = index;
    state.map.getContainer().classList.toggle("lp-over-area", index >= 0);
    state.hoverLine.clearLayers();
    if (index >= 0) {
      const style = { color: "#1C2330", weight: 2 };
      outline(state.hoverLine, state.areas.latLngs(index), style);
    }
    drawTip();
    markHover();
  }

  /* What is under the pointer: places of overlays first, then the area. */
  function drawTip() {
    const { hovered, places, tip } = state;
    tip.hidden = hovered < 0 && !places.length;
    if (tip.hidden) return;
    const nodes = places.slice(0, MAX_PLACES_IN_TIP).map(([overlay, feature]) => {
      const node = element("span", "lp-tip-place");
      node.append(element("strong", "", feature.name),
        element("span", "lp-note", placeNote(overlay, feature)));
      return node;
    });
    const more = places.length - MAX_PLACES_IN_TIP;
    if (more > 0) nodes.push(element("span", "lp-note", `and ${more} more here`));
    if (hovered >= 0) {
      const [name, place] = state.names[hovered];
      nodes.push(
        element("strong", "", name),
        element("span", "lp-place", place),
        element("span", "lp-value", valueText(hovered)),
        element("span", "lp-note", noteOf(hovered)),
      );
    }
    tip.replaceChildren(...nodes);
  }

  /* Such as "Library · Run by the council · 35 hours". */
  function placeNote(overlay, { kind, detail, value }) {
    const title = overlay.one[0].toUpperCase() + overlay.one.slice(1);
    const parts = [title, overlay.gradeLabel && kind ? `${overlay.gradeLabel} ${kind}` : kind, detail];
    if (value !== null && value !== undefined) {
      const number = value.toLocaleString("en-GB", {
        maximumFractionDigits: overlay.decimals,
      });
      parts.push(overlay.prefix + number + overlay.suffix);
    }
    return parts.filter(Boolean).join(" · ");
  }

  function noteOf(index) {
    const status = statusOf(index);
    const parts = [state.view.period];
    if (Number.isNaN(state.values[index])) return parts[0];
    parts.push(status.hover);
    return parts.filter(Boolean).join(" · ");
  }

  function placeTip(point) {
    const { tip, map } = state;
    const size = map.getSize();
    const width = tip.offsetWidth;
    const height = tip.offsetHeight;
    const x = point.x + 16 + width > size.x ? point.x - width - 12 : point.x + 16;
    const y = Math.min(point.y + 14, size.y - height - 6);
    tip.style.transform = `translate(${Math.max(4, x)}px,${Math.max(4, y)}px)`;
  }

  function watchPointer(map) {
    const isFree = ({ originalEvent }) => state.areas && !map.dragging.moving()
      && !originalEvent.target.closest(".leaflet-control");
    const areaAt = (event) => (isFree(event) ? state.areas.find(event.latlng) : -1);
    map.on("mousemove", (event) => {
      const index = areaAt(event);
      const places = isFree(event) ? state.placeCanvas.find(event.latlng) : [];
      const isOther = places.length !== state.places.length
        || places.some(([, feature], i) => feature !== state.places[i][1]);
      state.places = places;
      if (index !== state.hovered) hover(index);
      else if (isOther) drawTip();
      if (!state.tip.hidden) placeTip(event.containerPoint);
    });
    map.on("mouseout", () => {
      state.places = [];
      hover(-1);
    });
    map.on("click", (event) => {
      const index = areaAt(event);
      if (index >= 0) choose(index);
    });
  }

  /* ---- keyboard and screen reader ---------------------------------------- */

  const DIRECTIONS = {
    ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  };
  const HELP = "Arrow keys move the map, plus and minus zoom. Page Down and Page Up go "
    + "through the areas from the highest value to the lowest and back. Shift with an "
    + "arrow key goes to the neighbour. Enter selects, Escape leaves.";

  function watchKeys(frame) {
    frame.append(state.live, element("p", "lp-unseen", HELP));
    frame.lastChild.id = "lp-help";
    frame.setAttribute("aria-describedby", "lp-help");
    frame.setAttribute("role", "application");
    frame.addEventListener("keydown", (event) => {
      if (event.target !== frame || !state.areas) return;
      const { hovered } = state;
      if (event.shiftKey && DIRECTIONS[event.key]) {
        const from = hovered < 0 ? areaInView() : hovered;
        visit(from < 0 ? -1 : state.areas.neighbour(from, DIRECTIONS[event.key]));
      } else if (event.key === "PageDown" || event.key === "PageUp") {
        visit(nextByValue(event.key === "PageDown" ? 1 : -1));
      } else if (event.key === "Enter" && hovered >= 0) {
        choose(hovered);
        say(`${state.names[hovered][0]} is selected.`);
      } else if (event.key === "Escape" && hovered >= 0) {
        hover(-1);
      } else {
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }, true);
  }

  function areaInView() {
    const middle = state.map.getCenter();
    return state.areas.find(middle);
  }

  /* Areas whose values may be ranked, the highest first; else by name. */
  function valueOrder() {
    if (state.order) return state.order;
    const { values, names } = state;
    const all = [...values.keys()].filter((i) => !Number.isNaN(values[i]));
    const ranked = all.filter((i) => statusOf(i).ranked);
    state.isRanked = ranked.length > 0 && !state.view.format.bands;
    const byName = (a, b) => names[a][0].localeCompare(names[b][0], "en-GB");
    state.order = state.isRanked
      ? ranked.sort((a, b) => values[b] - values[a] || byName(a, b))
      : all.sort(byName);
    return state.order;
  }

  function nextByValue(step) {
    const order = valueOrder();
    const at = order.indexOf(state.hovered < 0 ? state.selected : state.hovered);
    if (at < 0) return step > 0 ? order[0] : order[order.length - 1];
    return order[Math.max(0, Math.min(order.length - 1, at + step))];
  }

  /* Show an area as the pointer would, bring it into view, and say it. */
  function visit(index) {
    if (index === undefined || index < 0) return say("There is no area further on.");
    const { areas, map, names } = state;
    const [x, y] = areas.centre(index);
    const at = L.latLng(toDegrees(x, y));
    map.panInside(at, { padding: [60, 60], animate: false });
    state.places = [];
    hover(index);
    placeTip(map.latLngToContainerPoint(at));
    const order = valueOrder();
    const rank = state.isRanked ? order.indexOf(index) + 1 : 0;
    const place = rank ? `, number ${rank} of ${order.length} from the highest` : "";
    say(`${names[index][0]}, ${names[index][1]}: ${valueText(index)}, ${noteOf(index)}${place}.`);
  }

  function say(text) {
    state.live.textContent = text;
  }

  function outline(group, shape, style) {
    const options = { fill: false, interactive: false, renderer: state.topRenderer };
    const halo = { ...options, color: "#FFFFFF", weight: style.weight + 2.5 };
    group.addLayer(L.polygon(shape, halo));
    group.addLayer(L.polygon(shape, { ...options, ...style }));
  }

  function choose(index) {
    const code = state.areas.codes[index];
    select({ code });
    // A time, not a count: the frame of a later visit to the page must not repeat it.
    window.Streamlit?.setComponentValue({ area_code: code, click: Date.now() });
  }

  /* The selected area is outlined even where the map is drawn by another level. */
  async function select(area) {
    state.chosen = area ? area.code : null;
    const index = area ? state.areas.numbers.get(area.code) : undefined;
    state.selected = index === undefined ? -1 : index;
    markSelected();
    const style = { color: ACCENT, weight: 3 };
    if (!area || state.selected >= 0 || !area.geometry) {
      state.selectedLine.clearLayers();
      if (state.selected >= 0) {
        outline(state.selectedLine, state.areas.latLngs(index), style);
      }
      return;
    }
    const others = await loadTopology(area.geometry);
    if (state.chosen !== area.code) return; // another area was chosen meanwhile
    const found = others.numbers.get(area.code);
    state.selectedLine.clearLayers();
    if (found !== undefined) outline(state.selectedLine, others.latLngs(found), style);
  }

  function focusOn(focus) {
    if (!focus || focus.id === sessionStorage.getItem(FOCUS_KEY)) return;
    sessionStorage.setItem(FOCUS_KEY, focus.id); // a return to the page must not jump
    const [west, south, east, north] = focus.box;
    state.map.fitBounds([[south, west], [north, east]], {
      maxZoom: 13,
      padding: [40, 40],
      animate: false,
    });
  }

  /* ---- legend: a ruler of the classes ------------------------------------ */

  function drawLegend() {
    const { legend, colours } = state.view;
    const box = state.legendBox;
    const ruler = element("div", "lp-ruler");
    ruler.style.setProperty("--k", colours.length);
    const marks = element("div", "lp-marks");
    for (const mark of legend.marks) {
      const { edges } = state.view;
      const before = mark.value < edges[0] ? "◂ " : ""; // beyond the ruler's ends
      const after = mark.value > edges[edges.length - 1] ? " ▸" : "";
      const node = element("span", "lp-mark", before + mark.label + after);
      node.title = mark.text;
      place(node, mark.value);
      marks.append(node);
    }
    const bar = element("div", "lp-bar");
    colours.forEach((colour) => {
      const cell = element("span");
      cell.style.background = colour;
      bar.append(cell);
    });
    state.hoverMark = element("span", "lp-hover-mark");
    state.hoverMark.hidden = true;
    state.selectedMark = element("span", "lp-selected-mark");
    state.selectedMark.hidden = true;
    bar.append(state.hoverMark, state.selectedMark);
    const edges = element("div", "lp-edges");
    legend.edges.forEach((text, i) => {
      const node = element("span", "", text);
      node.style.left = (100 * i) / colours.length + "%";
      edges.append(node);
    });
    const notes = element("div", "lp-keys");
    legend.names.forEach((name, i) => {
      const node = element("span", "lp-key");
      const swatch = element("i", "lp-swatch");
      swatch.style.backgroundColor = colours[i];
      node.append(swatch, element("span", "", name));
      notes.append(node);
    });
    for (const key of legend.keys) {
      const node = element("span", "lp-key");
      const swatch = element("i", "lp-swatch lp-" + key.texture);
      if (key.texture === "dotted") swatch.style.backgroundColor = colours[Math.floor(colours.length / 2)];
      node.append(swatch, element("span", "", key.label));
      notes.append(node);
    }
    ruler.append(marks, bar, edges);
    state.overlayKeys = element("div", "lp-overlays");
    box.replaceChildren(element("div", "lp-unit", legend.unit), drawHistogram(), ruler,
      element("div", "lp-method", legend.method), notes, state.overlayKeys);
    drawOverlayKeys();
    separateMarks(marks);
    if (legend.edges.length) thinEdges(edges);
    markSelected();
  }

  /* How many areas lie where on the ruler below. */
  function drawHistogram() {
    const { legend, colours } = state.view;
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

  /* One line per overlay: its mark, its name and how many are in view. */
  function drawOverlayKeys() {
    if (!state.overlayKeys) return;
    const bounds = state.map.getBounds();
    const [left, top] = toWorld(bounds.getNorth(), bounds.getWest());
    const [right, bottom] = toWorld(bounds.getSouth(), bounds.getEast());
    state.overlayKeys.replaceChildren(...[...state.overlays].reverse().map((overlay) => {
      const seen = overlay.places.within([left, top, right, bottom]).length;
      const all = overlay.places.features.length;
      const count = seen === all ? String(all) : `${seen} of ${all} in view`;
      const node = element("div", "lp-key");
      node.append(swatch(overlay), element("span", "", overlay.title),
        element("span", "lp-count", count));
      return node;
    }));
  }

  /* Where long numbers would overlap, inner edges give way; the ends stay. */
  function thinEdges(edges) {
    const nodes = [...edges.children];
    const boxes = nodes.map((node) => node.getBoundingClientRect());
    const last = nodes.length - 1;
    let right = boxes[0].right;
    for (let i = 1; i < last; i++) {
      const fits = boxes[i].left > right + 3 && boxes[i].right + 3 < boxes[last].left;
      nodes[i].style.visibility = fits ? "" : "hidden";
      if (fits) right = boxes[i].right;
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

  function position(value) {
    const { edges } = state.view; // numbers, one more than classes
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

  /* Where only bands may be read, a mark stands in the middle of its band. */
  function placeArea(node, index) {
    if (index < 0) return place(node, null);
    const letter = state.view.classes[index];
    if (!state.view.format.bands || letter === "-") return place(node, state.values[index]);
    const { edges } = state.view;
    const i = parseInt(letter, 36);
    return place(node, (edges[i] + edges[i + 1]) / 2);
  }

  function place(node, value) {
    const at = position(value);
    node.hidden = at === null;
    if (at !== null) node.style.left = at + "%";
  }

  function markHover() {
    if (state.hoverMark) placeArea(state.hoverMark, state.hovered);
  }

  function markSelected() {
    if (state.selectedMark) placeArea(state.selectedMark, state.selected);
  }

  /* ---- place names -------------------------------------------------------- */

  const Labels = L.Layer.extend({
    initialize() {
      this.places = [];
    },
    show(places) {
      this.places = places;
      this.draw();
    },
    onAdd(map) {
      this.canvas = element("canvas", "lp-labels leaflet-zoom-hide");
      this.canvas.setAttribute("aria-hidden", "true");
      map.getPane("lp-labels").append(this.canvas);
      map.on("moveend zoomend resize", this.draw, this);
      this.draw();
    },
    draw() {
      const map = this._map;
      const size = map.getSize();
      const ratio = window.devicePixelRatio || 1;
      this.canvas.width = size.x * ratio;
      this.canvas.height = size.y * ratio;
      this.canvas.style.width = size.x + "px";
      L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([0, 0]));
      const pen = this.canvas.getContext("2d");
      pen.scale(ratio, ratio);
      pen.textAlign = "center";
      pen.textBaseline = "middle";
      pen.lineJoin = "round";
      const taken = [this.legendBox(size), ZOOM_BUTTONS];
      for (const [name, rank, lat, lng, fromZoom] of this.places) {
        if (map.getZoom() < fromZoom) continue;
        const at = map.latLngToContainerPoint([lat, lng]);
        if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
        this.write(pen, name, rank, at, taken);
      }
    },
    legendBox(size) {
      const box = state.legendBox;
      return [0, size.y - box.offsetHeight - 24, box.offsetWidth + 24, size.y];
    },
    write(pen, name, rank, at, taken) {
      const [weight, points] = [
        [700, 13.5], [600, 14.5], [550, 13.5], [500, 13], [450, 12.5]][rank] || [400, 12];
      pen.font = `${weight} ${points}px ${LABEL_FONT}`;
      const half = pen.measureText(name).width / 2 + 4;
      const box = [at.x - half, at.y - 9, at.x + half, at.y + 9];
      const meets = (other) =>
        box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1];
      if (taken.some(meets)) return;
      taken.push(box);
      pen.strokeStyle = "rgba(255,255,255,.9)";
      pen.lineWidth = 3.5;
      pen.strokeText(name, at.x, at.y);
      pen.fillStyle = rank > 4 ? "#3D4654" : "#1C2330";
      pen.fillText(name, at.x, at.y);
    },
  });

  /* Names of the outlined areas come before those of towns. */
  async function drawLabels({ areaLabels, labels }) {
    const wanted = [areaLabels, labels].filter(Boolean);
    const key = wanted.join();
    if (state.labelled === key) return;
    state.labelled = key;
    try {
      const lists = await Promise.all(wanted.map((address) => load(address)));
      await document.fonts.load("500 13px Source Sans"); // else the canvas falls back
      if (state.labelled === key) state.labels.show(lists.flat());
    } catch (error) {
      state.labelled = null;
    }
  }

  /* ---- the frame's map ---------------------------------------------------- */

  function pane(map, name, order) {
    const made = map.createPane(name);
    made.style.zIndex = order;
    made.style.pointerEvents = "none"; // so that areas below still get the pointer
    return made;
  }

  function start(map, view) {
    pane(map, "lp-places", 430);
    pane(map, "lp-top", 440);
    pane(map, "lp-labels", 450);
    state = {
      map, view, lines: new Map(), hovered: -1, selected: -1, labelled: null,
      areas: null, names: null, atHome: false, fitting: false, overlays: [], places: [],
      canvas: new AreaCanvas({ padding: 0.3 }).addTo(map),
      placeCanvas: new PlaceCanvas({ padding: 0.3, pane: "lp-places" }).addTo(map),
      labels: new Labels(),
      topRenderer: L.svg({ pane: "lp-top" }),
      hoverLine: L.layerGroup().addTo(map),
      selectedLine: L.layerGroup().addTo(map),
      tip: element("div", "lp-tip"),
      live: element("div", "lp-unseen"),
      legendBox: element("div", "lp-legend"),
      message: element("div", "lp-message"),
    };
    state.tip.hidden = true;
    state.message.hidden = true;
    state.message.setAttribute("role", "status");
    const frame = map.getContainer();
    frame.setAttribute("tabindex", "0");
    state.live.setAttribute("role", "status");
    frame.append(state.tip, state.message);
    const control = L.control({ position: "bottomleft" });
    control.onAdd = () => state.legendBox;
    control.addTo(map);
    state.labels.addTo(map);
    L.DomEvent.disableClickPropagation(state.legendBox);
    map.attributionControl.setPrefix(false);
    map.setMinZoom(7).setMaxZoom(17);
    addHome(map);
    restoreView(map, view);
    map.on("movestart", () => { if (!state.fitting) state.atHome = false; });
    map.on("moveend", () => {
      keepView(map);
      drawOverlayKeys();
    });
    // Styles arrive after the map, and people turn their phones.
    new ResizeObserver(() => map.invalidateSize({ pan: !state.atHome })).observe(frame);
    map.on("resize", () => { if (state.atHome) fitHome(map, state.view.home); });
    watchPointer(map);
    watchKeys(frame);
    watchWheelAndFocus(map, frame);
    // Labels were measured in another typeface if ours arrives after the legend.
    document.fonts.load('13px "Source Sans"').then(() => {
      if (state.areas) drawLegend();
    });
  }

  /* The wheel scrolls the page until the map is in use; the focus ring is for keys. */
  function watchWheelAndFocus(map, frame) {
    map.scrollWheelZoom.disable();
    frame.addEventListener("pointerdown", () => {
      frame.classList.add("lp-pointer");
      map.scrollWheelZoom.enable();
    });
    frame.addEventListener("keydown", () => frame.classList.remove("lp-pointer"));
    frame.addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
  }

  function addHome(map) {
    const control = L.control({ position: "topleft" });
    control.onAdd = () => {
      const bar = element("div", "leaflet-bar");
      const button = element("a", "lp-home", "⌂");
      button.href = "#";
      button.title = "Show the whole region";
      button.setAttribute("role", "button");
      button.setAttribute("aria-label", button.title);
      L.DomEvent.on(button, "click", (event) => {
        L.DomEvent.stop(event);
        fitHome(map, state.view.home);
      });
      bar.append(button);
      return bar;
    };
    control.addTo(map);
  }

  /* The region stands beside the legend where there is room for both. */
  function fitHome(map, [west, south, east, north]) {
    const beside = map.getSize().x > 640 ? 250 : 0;
    state.atHome = state.fitting = true; // stays fitted while the frame changes size
    map.fitBounds([[south, west], [north, east]], {
      animate: false,
      paddingTopLeft: [beside, 8],
      paddingBottomRight: [8, beside ? 22 : 130],
    });
    state.fitting = false;
  }

  /* Maps and hexagons have views of their own. */
  function keepView(map) {
    const key = VIEW_KEY + state.view.drawing;
    if (state.atHome) return sessionStorage.removeItem(key);
    const { lat, lng } = map.getCenter();
    sessionStorage.setItem(key, JSON.stringify([lat, lng, map.getZoom()]));
  }

  function restoreView(map, { drawing, home }) {
    let kept = null;
    try {
      kept = JSON.parse(sessionStorage.getItem(VIEW_KEY + drawing));
    } catch (error) {
      sessionStorage.removeItem(VIEW_KEY + drawing);
    }
    const usable = Array.isArray(kept) && kept.length === 3 && kept.every(Number.isFinite);
    if (usable) map.setView([kept[0], kept[1]], kept[2], { animate: false });
    else fitHome(map, home);
  }

  /* Show a view: called by the script that the server sends, once per change. */
  async function show(map, view) {
    if (!state || state.map !== map) start(map, view);
    const turn = (state.turn = (state.turn || 0) + 1);
    try {
      const [areas, names] = await Promise.all(
        [loadTopology(view.geometry), load(view.names)]);
      if (turn !== state.turn) return; // a newer choice arrived meanwhile
      const old = state.areas;
      const isOther = state.view.drawing !== view.drawing;
      Object.assign(state, { view, areas, names });
      if (isOther) restoreView(map, view);
      state.order = null;
      state.values = unpackValues(view.values, names.length);
      state.statuses = unpackRuns(view.statusRuns);
      state.message.hidden = true;
      paint();
      if (old !== areas) hover(-1);
      drawLegend();
      select(view.selected);
      focusOn(view.focus);
      setAttribution(map, view.attribution);
      map.getContainer().setAttribute("aria-label", view.title);
      afterPaint(() => {
        painted(view);
        loadOutlines(view.outlines);
        drawLabels(view);
        loadOverlays(view.overlays);
      });
    } catch (error) {
      console.error(error);
      state.message.textContent =
        "The map could not be loaded. The table below has every figure; " +
        "reload the page to try the map again.";
      state.message.hidden = false;
    }
  }

  /* Leaflet draws in the next frame; a message sent from it arrives after the paint. */
  function afterPaint(call) {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = call;
      channel.port2.postMessage(null);
    });
  }

  function painted(view) {
    document.documentElement.dataset.painted = view.id;
    performance.mark("lpipgeo-painted", { detail: view.id });
  }

  function setAttribution(map, text) {
    map.attributionControl.getContainer().textContent = text;
  }

  window.lpipgeo = { show };
})();
