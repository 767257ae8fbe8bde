/* The choropleth of the Map page, drawn by Leaflet on a canvas.

   Geometry is fetched once per level from a content-hashed address and kept. A switch
   of indicator, period or classes calls `lpipgeo.show` with class letters, packed
   values and legend texts only; the canvas (area_canvas.js) is painted again. A second
   map may stand beside the first; they move, point and select together.
   Everything that comes from data is written with textContent, never as HTML. */
(function () {
  "use strict";

  const { AreaCanvas, Topology, toDegrees, toWorld } = window.lpipgeoAreas;
  const { PlaceCanvas, Places } = window.lpipgeoPlaces;
  const { CircleCanvas, growth } = window.lpipgeoCircles;
  const { Figures } = window.lpipgeoFigures;
  const { Labels } = window.lpipgeoLabels;
  const { Legend, element } = window.lpipgeoLegend;
  const pageAddress = window.lpipgeoAddress;
  const { fill: textured } = window.lpipgeoTextures;
  const ACCENT = "#0B5A6E";
  const OUTSIDE = "#E9ECEF"; // of the area that the map is limited to
  const VIEW_KEY = "lpipgeo.view.";
  const FOCUS_KEY = "lpipgeo.focus";
  const VISIT_KEY = "lpipgeo.visit";
  const MAX_PLACES_IN_TIP = 4;
  const NARROW = 640; // pixels; on a map up to so wide the legend lies below the areas
  const FAR = { lsoa21: 11, msoa21: 9, ward25: 9 }; // below these zooms areas are small
  const DIRECTIONS = {
    ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  };
  const HELP = "Arrow keys move the map, plus and minus zoom. Page Down and Page Up go "
    + "through the areas from the highest value to the lowest and back. Shift with an "
    + "arrow key goes to the neighbour. Enter reads the area in the middle, and selects "
    + "the area that was read. Escape leaves.";
  const HINT = "Arrows move · + − zoom · Page Up/Down by value · Shift + arrow to the "
    + "neighbour · Enter reads, then selects";
  const files = new Map(); // address -> promise of what it holds

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

  /* A place that was looked at stays through reruns and pages of one visit. A page that
     is loaded anew is another visit: it shows what its address says. */
  function forgetEarlierVisit({ drawing, focus }) {
    let loaded = performance.timeOrigin;
    try {
      loaded = window.parent.performance.timeOrigin;
    } catch (error) {
      // Inside the page of another site, which does not say when it was loaded.
    }
    if (sessionStorage.getItem(VISIT_KEY) === String(loaded)) return;
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(VIEW_KEY) || key === FOCUS_KEY) sessionStorage.removeItem(key);
    }
    sessionStorage.setItem(VISIT_KEY, loaded);
    const asked = pageAddress.read();
    if (!asked) return;
    sessionStorage.setItem(VIEW_KEY + drawing, JSON.stringify(asked));
    if (focus) sessionStorage.setItem(FOCUS_KEY, focus.id); // it was moved away from that
  }

  function loadTopology(address) {
    return load(address, (content) => new Topology(content));
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

  /* Where the system asks for less movement, a map is moved at once. */
  function holdStill(map) {
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    map._zoomAnimated = false; // decided by Leaflet as a map is made, before we hear of it
    map.options.inertia = false;
    const pan = map.panBy;
    map.panBy = (by, options) => pan.call(map, by, { ...options, animate: false });
  }

  /* One map of the frame: what it shows, and how people use it. */
  class FrameMap {
    constructor(map, view) {
      this.map = map;
      this.view = view;
      this.lines = new Map(); // address -> outlines that are here
      this.areas = this.names = this.figures = this.second = this.circles = null;
      this.hovered = this.selected = this.circled = -1;
      this.overlays = [];
      this.overlaid = null; // what the overlays were made from
      this.places = [];
      this.turn = 0;
      this.other = null; // the map that moves with this one
      this.atHome = this.isFitting = this.isFollowing = false;
      this.fitted = null; // the box that a choice brought into view, until somebody moves
      holdStill(map);
      this.buildPanes();
      this.buildFrame();
      this.dock();
      this.restoreView(view);
      this.watchMap();
      this.watchPointer();
      this.watchKeys();
      this.watchWheelAndFocus();
    }

    /* ---- the frame's parts ------------------------------------------------ */

    buildPanes() {
      const { map } = this;
      const panes = { "lp-circles": 425, "lp-places": 430, "lp-top": 440, "lp-labels": 450 };
      for (const [name, order] of Object.entries(panes)) {
        const made = map.createPane(name);
        made.style.zIndex = order;
        made.style.pointerEvents = "none"; // so that areas below still get the pointer
      }
      this.legend = new Legend();
      this.canvas = new AreaCanvas({ padding: 0.3 }).addTo(map);
      this.circleCanvas = new CircleCanvas({ padding: 0.3, pane: "lp-circles" });
      this.placeCanvas = new PlaceCanvas({ padding: 0.3, pane: "lp-places" });
      this.labels = new Labels((size) => this.takenBoxes(size));
      this.topRenderer = L.svg({ pane: "lp-top" });
      this.hoverLine = L.layerGroup().addTo(map);
      this.selectedLine = L.layerGroup().addTo(map);
    }

    buildFrame() {
      const { map } = this;
      const frame = map.getContainer();
      this.tip = element("div", "lp-tip");
      this.live = element("div", "lp-unseen");
      this.message = element("div", "lp-message");
      this.heading = element("div", "lp-heading");
      this.tip.hidden = this.message.hidden = this.heading.hidden = true;
      this.message.setAttribute("role", "status");
      this.live.setAttribute("role", "status");
      frame.setAttribute("tabindex", "0");
      frame.append(this.tip, this.message, this.heading);
      const control = L.control({ position: "bottomleft" });
      control.onAdd = () => this.legend.box;
      control.addTo(map);
      this.labels.addTo(map);
      L.DomEvent.disableClickPropagation(this.legend.box);
      map.attributionControl.setPrefix(false);
      map.setMinZoom(6).setMaxZoom(17);
      if (map.zoomControl) this.addHome(); // a second map moves with the first
    }

    /* On a narrow map the legend and the credit lie across its lower edge, and the areas
       are fitted above them; on a wide one the legend stands in the free corner. */
    dock() {
      const isNarrow = this.map.getSize().x <= NARROW;
      if (isNarrow === this.isDocked) return false;
      this.isDocked = isNarrow;
      this.map.getContainer().classList.toggle("lp-docked", isNarrow);
      this.map.attributionControl.setPosition(isNarrow ? "bottomleft" : "bottomright");
      if (this.areas) this.drawLegend();
      return true;
    }

    /* Height of what lies across the lower edge, the same for two maps that move as one. */
    get sill() {
      const own = (one) => (one?.isDocked ? one.legend.box.parentElement.offsetHeight : 0);
      return Math.max(own(this), own(this.other));
    }

    /* Height of the titles across the upper edge of two maps. */
    get lintel() {
      const own = (one) => (!one || one.heading.hidden ? 0 : one.heading.offsetHeight);
      return Math.max(own(this), own(this.other));
    }

    addHome() {
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
          this.fitHome(this.view.home);
        });
        bar.append(button);
        return bar;
      };
      control.addTo(this.map);
    }

    takenBoxes(size) {
      const { box } = this.legend;
      const credit = this.map.attributionControl.getContainer();
      const taken = this.isDocked ? [[0, size.y - this.sill, size.x, size.y]]
        : [[0, size.y - box.offsetHeight - 24, box.offsetWidth + 24, size.y],
          [size.x - credit.offsetWidth, size.y - credit.offsetHeight, size.x, size.y]];
      if (!this.heading.hidden) taken.push([0, 0, size.x, this.heading.offsetHeight + 8]);
      return taken;
    }

    watchMap() {
      const { map } = this;
      map.on("movestart", () => {
        if (this.isFitting || this.isFollowing) return;
        this.atHome = false;
        this.fitted = null;
      });
      map.on("move zoomend", () => this.lead());
      map.on("moveend", () => {
        this.keepView();
        this.drawOverlayKeys();
      });
      map.on("zoomend", () => this.legend.growCircles(growth(map.getZoom())));
      // Styles arrive after the map, and people turn their phones.
      const resized = () => map.invalidateSize({ pan: !this.atHome });
      const observer = new ResizeObserver(resized);
      observer.observe(map.getContainer());
      const covered = new ResizeObserver(() => {
        if (!this.areas) return;
        this.legend.settle();
        this.fitAgain();
        this.labels.draw();
      });
      [this.heading, this.legend.box.parentElement, map.attributionControl.getContainer()]
        .forEach((one) => covered.observe(one));
      map.on("unload", () => [observer, covered].forEach((one) => one.disconnect()));
      map.on("resize", () => {
        this.dock();
        if (this.atHome) this.fitHome(this.view.home);
      });
      // Labels were measured in another typeface if ours arrives after the legend.
      document.fonts.load('13px "Source Sans"').then(() => {
        if (this.areas) this.drawLegend();
      });
    }

    /* The wheel scrolls the page until the map is in use; the focus ring is for keys. */
    watchWheelAndFocus() {
      const frame = this.map.getContainer();
      this.map.scrollWheelZoom.disable();
      frame.addEventListener("pointerdown", () => {
        frame.classList.add("lp-pointer");
        this.map.scrollWheelZoom.enable();
      });
      frame.addEventListener("keydown", () => frame.classList.remove("lp-pointer"));
      frame.addEventListener("mouseleave", () => this.map.scrollWheelZoom.disable());
    }

    /* ---- the picture ------------------------------------------------------ */

    fillOf(index, isFar) {
      const { view, figures } = this;
      const texture = this.status(index).texture;
      if (texture === "masked") return OUTSIDE;
      const letter = view.classes[index];
      if (letter === "-") {
        if (texture === "outline") return "#FFFFFF";
        // A change that may be chance has a value, but no colour of a class.
        const ground = texture === "dashed" ? "dashed" : "hatched";
        return textured(ground, "#FFFFFF", isFar);
      }
      return textured(texture, view.colours[parseInt(letter, 36)], isFar);
    }

    /* The status that the area is drawn by; of two figures that which needs more care. */
    status(index) {
      return this.view.statuses[this.statuses[index]];
    }

    /* Small areas far out are edged in their own colour: white lines between them
       would wash out exactly the dense places. */
    styleOf(index) {
      const isFar = this.map.getZoom() < FAR[this.view.level];
      const fill = this.fillOf(index, isFar);
      if (this.status(index).texture === "outline") {
        return { fill, stroke: "#5B6470", weight: 1 };
      }
      if (isFar) return { fill, stroke: fill, weight: 1 };
      return { fill, stroke: "rgba(255,255,255,.85)", weight: 0.7 };
    }

    /* Lines whose files are not here yet are added when they are. */
    paint() {
      const here = this.view.outlines.filter((line) => this.lines.has(line.geometry));
      const drawn = here.map((line) => ({ ...line, ...this.lines.get(line.geometry) }));
      this.canvas.show({
        areas: this.areas,
        style: (index) => this.styleOf(index),
        under: drawn.filter((line) => line.under),
        over: drawn.filter((line) => !line.under),
      });
    }

    async loadOutlines(outlines) {
      for (const line of outlines) {
        if (this.lines.has(line.geometry)) continue;
        try {
          const topology = await loadTopology(line.geometry);
          this.lines.set(line.geometry, { topology, arcs: topology.borders(line.under) });
          this.paint();
        } catch (error) {
          console.error(error); // a map without this line; tried again at the next show
        }
      }
    }

    /* The part that the map is limited to, as overlays need it; null where it is not. */
    part() {
      const { areas, figures } = this;
      if (!this.view.statuses.some(({ texture }) => texture === "masked")) return null;
      const numbers = [...areas.codes.keys()].filter((i) => !figures.isMasked(i));
      const sides = numbers.map((i) => areas.boxes.subarray(4 * i, 4 * i + 4));
      const box = [0, 1, 2, 3].map((side) =>
        sides.reduce((end, one) => Math[side < 2 ? "min" : "max"](end, one[side]),
          side < 2 ? Infinity : -Infinity));
      const isIn = ([left, top, right, bottom], x, y) =>
        x >= left && y >= top && x <= right && y <= bottom;
      const isInside = ([x, y]) => isIn(box, x, y)
        && numbers.some((i, at) => isIn(sides[at], x, y) && areas.contains(i, x, y));
      const centres = numbers.map((i) => areas.centre(i)).filter(isInside);
      return { topology: areas, numbers, box, centres, isInside };
    }

    /* Overlays are drawn when their files are here; one that fails leaves the others. */
    async loadOverlays(overlays) {
      const part = overlays.length ? this.part() : null;
      const wanted = JSON.stringify([overlays, part?.numbers]);
      if (wanted === this.overlaid) return; // they lie there already
      this.overlaid = null;
      const { turn } = this;
      const found = await Promise.all(overlays.map(async (overlay) => {
        try {
          const places = await load(overlay.geometry, (content) => new Places(content));
          return { ...overlay, places: part ? places.only(part) : places };
        } catch (error) {
          console.error(error);
          return null;
        }
      }));
      if (turn !== this.turn) return;
      // Points above polygons, so that no sign is hidden by a texture.
      const drawn = found.filter(Boolean);
      const isShape = ({ places }) => places.features.some((feature) => !feature.isPoint);
      this.overlays = [...drawn.filter(isShape), ...drawn.filter((o) => !isShape(o))];
      this.keep(this.placeCanvas, drawn.length);
      this.placeCanvas.show(this.overlays, part);
      this.drawOverlayKeys();
      if (drawn.length === overlays.length) this.overlaid = wanted; // else tried again
      document.documentElement.dataset.overlays = drawn.map(({ title }) => title).join(";");
    }

    /* An empty canvas costs every frame, so one is on the map only while it is used. */
    keep(canvas, isUsed) {
      if (isUsed) canvas.addTo(this.map);
      else canvas.remove();
    }

    async loadCircles(packed) {
      const { turn } = this;
      this.keep(this.circleCanvas, Boolean(packed));
      if (!packed) {
        this.circles = null;
        return;
      }
      const [points, names] = await Promise.all([load(packed.points), load(packed.names)]);
      if (turn !== this.turn) return;
      const figures = new Figures(packed, names.length);
      this.circles = { figures, names, label: packed.label };
      const shown = [...figures.values.keys()].filter((i) => figures.values[i] > 0);
      const circles = shown.map((index) => ({
        index,
        lat: points[index][0],
        lng: points[index][1],
        share: Math.sqrt(figures.values[index] / packed.largest),
      }));
      this.circleCanvas.show({ circles, reach: packed.reach });
      document.documentElement.dataset.circles = circles.length;
    }

    /* Names of the outlined areas come before those of towns. */
    async drawLabels({ areaLabels, labels }) {
      const wanted = [areaLabels, labels].filter(Boolean);
      const key = wanted.join();
      if (this.labelled === key) return;
      this.labelled = key;
      try {
        const lists = await Promise.all(wanted.map((address) => load(address)));
        await document.fonts.load("500 13px Source Sans"); // else the canvas falls back
        if (this.labelled === key) this.labels.show(lists.flat());
      } catch (error) {
        this.labelled = null;
      }
    }

    drawLegend() {
      this.legend.show(this.view, this.figures);
      this.legend.growCircles(growth(this.map.getZoom()));
      this.drawOverlayKeys();
      this.legend.markSelected(this.selected);
      this.fitAgain();
    }

    drawOverlayKeys() {
      const bounds = this.map.getBounds();
      const [left, top] = toWorld(bounds.getNorth(), bounds.getWest());
      const [right, bottom] = toWorld(bounds.getSouth(), bounds.getEast());
      this.legend.showOverlays(this.overlays, [left, top, right, bottom]);
    }

    /* ---- hover, click, selection ------------------------------------------ */

    hover(index) {
      this.hovered = index;
      this.map.getContainer().classList.toggle("lp-over-area", index >= 0);
      this.hoverLine.clearLayers();
      if (index >= 0) {
        const style = { color: "#1C2330", weight: 2 };
        this.outline(this.hoverLine, this.areas.latLngs(index), style);
      }
      this.drawTip();
      this.legend.markHover(index);
    }

    /* What is under the pointer: places of overlays, circles, then the area. */
    drawTip() {
      const { hovered, places, circled, tip } = this;
      tip.hidden = hovered < 0 && !places.length && circled < 0;
      if (tip.hidden) return;
      const nodes = places.slice(0, MAX_PLACES_IN_TIP).map(([overlay, feature]) =>
        this.tipPart(feature.name, placeNote(overlay, feature)));
      const more = places.length - MAX_PLACES_IN_TIP;
      if (more > 0) nodes.push(element("span", "lp-note", `and ${more} more here`));
      if (circled >= 0) {
        const { figures, names, label } = this.circles;
        const text = `Circle: ${label}, ${figures.text(circled)} · ${figures.note(circled)}`;
        nodes.push(this.tipPart(names[circled][0], text));
      }
      if (hovered >= 0) nodes.push(...this.areaTip(hovered));
      tip.replaceChildren(...nodes);
    }

    tipPart(name, note) {
      const node = element("span", "lp-tip-place");
      node.append(element("strong", "", name), element("span", "lp-note", note));
      return node;
    }

    areaTip(index) {
      const [name, place] = this.names[index];
      const head = [element("strong", "", name), element("span", "lp-place", place)];
      const { figures, second, view } = this;
      if (!second) {
        return [...head, element("span", "lp-value", figures.text(index)),
          element("span", "lp-note", figures.note(index))];
      }
      return [...head,
        element("span", "lp-value", figures.text(index)),
        element("span", "lp-note", `${view.label} · ${figures.note(index)}`),
        element("span", "lp-value", second.text(index)),
        element("span", "lp-note", `${view.second.label} · ${second.note(index)}`)];
    }

    /* Right of the pointer and below it; on the other side where there is no room. */
    placeTip(point) {
      const { tip, map } = this;
      const size = map.getSize();
      const width = tip.offsetWidth;
      const height = tip.offsetHeight;
      const x = point.x + 16 + width > size.x ? point.x - width - 12 : point.x + 16;
      const isLow = point.y + 14 + height > size.y - this.sill - 6;
      const y = isLow ? point.y - height - 12 : point.y + 14;
      tip.style.transform = `translate(${Math.max(4, x)}px,${Math.max(4, y)}px)`;
    }

    /* Number of the area at a place, or -1; none outside the area that is shown. */
    areaAt(latlng) {
      const index = this.areas ? this.areas.find(latlng) : -1;
      return index >= 0 && this.figures.isMasked(index) ? -1 : index;
    }

    /* Point at a place, or at none. */
    point(latlng) {
      const index = latlng ? this.areaAt(latlng) : -1;
      const isCutOff = index < 0 && Boolean(this.placeCanvas.part);
      const places = (latlng ? this.placeCanvas.find(latlng) : [])
        .filter(([, feature]) => feature.isPoint || !isCutOff);
      const circled = latlng && this.circles ? this.circleCanvas.find(latlng) : -1;
      const isOther = circled !== this.circled || places.length !== this.places.length
        || places.some(([, feature], i) => feature !== this.places[i][1]);
      this.places = places;
      this.circled = circled;
      if (index !== this.hovered) this.hover(index);
      else if (isOther) this.drawTip();
      if (latlng && !this.tip.hidden) this.placeTip(this.map.latLngToContainerPoint(latlng));
    }

    pointBoth(latlng) {
      this.point(latlng);
      if (this.other?.areas) this.other.point(latlng);
    }

    watchPointer() {
      const { map } = this;
      const isFree = ({ originalEvent }) => this.areas && !map.dragging.moving()
        && !originalEvent.target.closest(".leaflet-control");
      map.on("mousemove", (event) => this.pointBoth(isFree(event) ? event.latlng : null));
      map.on("mouseout", () => this.pointBoth(null));
      map.on("click", (event) => {
        const index = isFree(event) ? this.areaAt(event.latlng) : -1;
        if (index >= 0) this.choose(index, event.latlng);
      });
    }

    outline(group, shape, style) {
      const options = { fill: false, interactive: false, renderer: this.topRenderer };
      const halo = { ...options, color: "#FFFFFF", weight: style.weight + 2.5 };
      group.addLayer(L.polygon(shape, halo));
      group.addLayer(L.polygon(shape, { ...options, ...style }));
    }

    /* The ground that was clicked goes along: corners of a drawn area are such points. */
    choose(index, at = null) {
      const code = this.areas.codes[index];
      this.select({ code });
      // A time, not a count: the frame of a later visit to the page must not repeat it.
      window.Streamlit?.setComponentValue({
        area_code: code, click: Date.now(), lat: at?.lat ?? null, lon: at?.lng ?? null,
      });
    }

    /* The selected area is outlined even where the map is drawn by another level. */
    async select(area) {
      this.chosen = area ? area.code : null;
      const index = area ? this.areas.numbers.get(area.code) : undefined;
      this.selected = index === undefined ? -1 : index;
      this.legend.markSelected(this.selected);
      const style = { color: ACCENT, weight: 3 };
      if (!area || this.selected >= 0 || !area.geometry) {
        this.selectedLine.clearLayers();
        if (this.selected >= 0) {
          this.outline(this.selectedLine, this.areas.latLngs(index), style);
        }
        return;
      }
      const others = await loadTopology(area.geometry);
      if (this.chosen !== area.code) return; // another area was chosen meanwhile
      const found = others.numbers.get(area.code);
      this.selectedLine.clearLayers();
      if (found !== undefined) this.outline(this.selectedLine, others.latLngs(found), style);
    }

    /* ---- keyboard and screen reader --------------------------------------- */

    watchKeys() {
      const frame = this.map.getContainer();
      const help = element("p", "lp-unseen", HELP);
      help.id = `lp-help-${L.Util.stamp(this)}`;
      const hint = element("div", "lp-hint", HINT);
      hint.setAttribute("aria-hidden", "true"); // the help says it in full
      frame.append(this.live, help, hint);
      frame.setAttribute("aria-describedby", help.id);
      frame.setAttribute("role", "application");
      frame.addEventListener("keydown", (event) => {
        if (event.target !== frame || !this.areas || !this.press(event)) return;
        event.preventDefault();
        event.stopPropagation();
      }, true);
    }

    /* Do what a key asks for; false where it asks for nothing of ours. */
    press({ key, shiftKey }) {
      const { hovered } = this;
      if (shiftKey && DIRECTIONS[key]) {
        const from = hovered < 0 ? this.middleArea() : hovered;
        this.visit(from < 0 ? -1 : this.neighbour(from, DIRECTIONS[key]));
      } else if (key === "PageDown" || key === "PageUp") {
        this.visit(this.nextByValue(key === "PageDown" ? 1 : -1));
      } else if (key === "Enter" && hovered < 0) {
        this.visit(this.middleArea());
      } else if (key === "Enter") {
        this.choose(hovered);
        this.say(`${this.names[hovered][0]} is selected.`);
      } else if (key === "Escape" && hovered >= 0) {
        this.pointBoth(null);
      } else {
        return false;
      }
      return true;
    }

    /* The area in the middle of what is seen, or else the nearest to it. */
    middleArea() {
      const { x, y } = this.map.getSize();
      const middle = this.map.containerPointToLatLng([x / 2, (y - this.sill) / 2]);
      const here = this.areaAt(middle);
      if (here >= 0) return here;
      const [left, top] = toWorld(middle.lat, middle.lng);
      return this.areas.nearest(left, top, (index) => !this.figures.isMasked(index));
    }

    neighbour(from, direction) {
      const found = this.areas.neighbour(from, direction);
      return found >= 0 && this.figures.isMasked(found) ? -1 : found;
    }

    nextByValue(step) {
      const order = this.figures.inOrder(this.names);
      const at = order.indexOf(this.hovered < 0 ? this.selected : this.hovered);
      if (at < 0) return step > 0 ? order[0] : order[order.length - 1];
      return order[Math.max(0, Math.min(order.length - 1, at + step))];
    }

    /* Show an area as the pointer would, bring it into view, and say it. */
    visit(index) {
      if (index === undefined || index < 0) return this.say("There is no area further on.");
      const { map, names, figures, second } = this;
      const [x, y] = this.areas.centre(index);
      const at = L.latLng(toDegrees(x, y));
      map.panInside(at, { paddingTopLeft: [60, 60],
        paddingBottomRight: [60, 60 + this.sill], animate: false });
      this.places = [];
      this.circled = -1;
      this.hover(index);
      this.placeTip(map.latLngToContainerPoint(at));
      if (this.other?.areas) this.other.point(at);
      const order = figures.inOrder(names);
      const rank = figures.isRanked ? order.indexOf(index) + 1 : 0;
      const place = rank ? `, number ${rank} of ${order.length} from the highest` : "";
      const more = second
        ? `; ${this.view.second.label}: ${second.text(index)}, ${second.note(index)}` : "";
      this.say(`${names[index][0]}, ${names[index][1]}: ${figures.text(index)}, `
        + `${figures.note(index)}${place}${more}.`);
    }

    say(text) {
      this.live.textContent = text;
    }

    /* ---- where the map is ------------------------------------------------- */

    /* Two maps that stand beside each other show the same part of the world. */
    lead() {
      const { other } = this;
      if (!other || this.isFollowing) return;
      other.isFollowing = true;
      other.atHome = this.atHome;
      other.fitted = this.fitted;
      other.map.setView(this.map.getCenter(), this.map.getZoom(), { animate: false });
      other.isFollowing = false;
    }

    focusOn(focus) {
      if (!focus || focus.id === sessionStorage.getItem(FOCUS_KEY)) return;
      sessionStorage.setItem(FOCUS_KEY, focus.id); // a return to the page must not jump
      this.fit(focus.box);
    }

    fit(box) {
      const [west, south, east, north] = box;
      this.fitted = box;
      this.atHome = false;
      this.isFitting = true;
      this.map.fitBounds([[south, west], [north, east]], {
        maxZoom: 13,
        animate: false,
        ...this.padding(40),
      });
      this.isFitting = false;
    }

    /* Fit again what was fitted, if nobody has moved the map since. */
    refit() {
      if (this.atHome) this.fitHome(this.view.home);
      else if (this.fitted) this.fit(this.fitted);
    }

    /* The region stands beside the legend where there is room for both. */
    fitHome([west, south, east, north]) {
      this.fitted = null;
      this.atHome = this.isFitting = true; // stays fitted while the frame changes size
      this.map.fitBounds([[south, west], [north, east]],
        { animate: false, ...this.padding(8) });
      this.isFitting = false;
    }

    /* Fit again where what lies over the map has another height than then. */
    fitAgain() {
      const { lintel, sill, fittedOver } = this;
      const same = lintel === fittedOver?.lintel
        && (sill === fittedOver.sill || !this.isDocked);
      if (!same) this.refit();
    }

    /* None where that is higher than the map, as it is before styles arrive. */
    padding(least) {
      const { lintel, sill } = this;
      this.fittedOver = { lintel, sill };
      const beside = this.isDocked ? 0 : 250;
      const [left, top] = [Math.max(beside, least), lintel + least];
      const [right, bottom] = [least, beside ? Math.max(22, least) : sill + least];
      const { x, y } = this.map.getSize();
      if (x <= left + right || y <= top + bottom) return {};
      return { paddingTopLeft: [left, top], paddingBottomRight: [right, bottom] };
    }

    /* Maps and hexagons have views of their own. */
    keepView() {
      const key = VIEW_KEY + this.view.drawing;
      if (this.isFollowing) return;
      const { lat, lng } = this.map.getCenter();
      const view = [lat, lng, this.map.getZoom()];
      pageAddress.write(this.atHome || this.fitted ? null : view);
      if (this.atHome) return sessionStorage.removeItem(key);
      sessionStorage.setItem(key, JSON.stringify(view));
    }

    restoreView({ drawing, home }) {
      let kept = null;
      try {
        kept = JSON.parse(sessionStorage.getItem(VIEW_KEY + drawing));
      } catch (error) {
        sessionStorage.removeItem(VIEW_KEY + drawing);
      }
      const [west, south, east, north] = home;
      const here = L.latLngBounds([south, west], [north, east]).pad(0.5);
      const isUsable = Array.isArray(kept) && kept.length === 3
        && kept.every(Number.isFinite) && here.contains([kept[0], kept[1]]);
      if (isUsable) this.map.setView([kept[0], kept[1]], kept[2], { animate: false });
      else this.fitHome(home);
    }

    /* ---- a new view ------------------------------------------------------- */

    /* Draw a view; true once it is on the canvas, false where a newer one came. */
    async show(view) {
      const turn = (this.turn += 1);
      try {
        const [areas, names] = await Promise.all(
          [loadTopology(view.geometry), load(view.names)]);
        if (turn !== this.turn) return false;
        const old = this.areas;
        const isOther = this.view.drawing !== view.drawing;
        const figures = new Figures(view, names.length);
        Object.assign(this, { view, areas, names, figures });
        // Of two figures in one map, `view` has the values of the first and the statuses
        // that the areas are drawn by.
        this.statuses = figures.statuses;
        this.second = view.second ? new Figures(view.second, names.length) : null;
        this.message.hidden = true;
        this.paint();
        if (isOther) this.restoreView(view); // after: moving draws what is there
        if (old !== areas) this.hover(-1);
        this.drawLegend();
        this.select(view.selected);
        this.focusOn(view.focus);
        this.map.getContainer().setAttribute("aria-label", view.title);
      } catch (error) {
        console.error(error);
        this.message.textContent =
          "The map could not be loaded. The table below has every figure; " +
          "reload the page to try the map again.";
        this.message.hidden = false;
        return false;
      }
      return true;
    }

    /* What may come after the areas are painted. */
    showMore() {
      const { view } = this;
      this.loadOutlines(view.outlines);
      this.drawLabels(view);
      this.loadOverlays(view.overlays);
      this.loadCircles(view.circles).catch((error) => console.error(error));
    }

    /* Say who made what is shown; for two maps one line below says it. */
    credit(text) {
      this.map.attributionControl.getContainer().textContent = text;
      this.fitAgain();
    }

    /* Say which of two maps this is; one map has its title above the frame. */
    head(text) {
      if (this.heading.textContent === (text || "")) return;
      this.heading.hidden = !text;
      this.heading.textContent = text || "";
      this.map.getContainer().classList.toggle("lp-headed", Boolean(text));
      this.fitAgain();
    }
  }

  /* ---- the frame: one map, or two --------------------------------------- */

  let first = null;
  let beside = null;
  const bothCredit = element("div", "lp-credit"); // who made what two maps show
  new ResizeObserver(() => {
    document.body.style.setProperty("--credit", `${bothCredit.offsetHeight}px`);
  }).observe(bothCredit);

  /* The second map stands in the slot that the frame has for one. */
  function openBeside(view) {
    const { map } = first;
    let slot = document.getElementById("map_div2");
    if (!slot) {
      slot = element("div");
      slot.id = "map_div2";
      map.getContainer().after(slot);
    }
    document.body.classList.add("lp-two");
    slot.after(bothCredit);
    map.invalidateSize({ pan: !first.atHome }); // else the corner would stay in place
    const made = L.map(slot, {
      center: map.getCenter(), zoom: map.getZoom(), zoomSnap: 0.1, zoomDelta: 0.5,
      bounceAtZoomLimits: false, zoomControl: false, preferCanvas: true,
      zoomAnimation: false,
    });
    beside = new FrameMap(made, view);
    first.other = beside;
    beside.other = first;
    first.refit();
    first.lead();
  }

  /* The slot is left as new: without what was put into it, and with no listeners. */
  function closeBeside() {
    const { map } = beside;
    first.other = null;
    beside.turn += 1; // what is still loading for it has nowhere to go
    beside = null;
    map.remove();
    const slot = element("div");
    slot.id = "map_div2";
    map.getContainer().replaceWith(slot);
    document.body.classList.remove("lp-two");
    bothCredit.remove();
    first.map.invalidateSize({ pan: !first.atHome });
    first.refit();
  }

  /* Show a view: called by the script that the server sends, once per change. */
  async function show(map, view) {
    if (!first || first.map !== map) {
      forgetEarlierVisit(view);
      first = new FrameMap(map, view);
      beside = null;
    }
    if (view.beside && !beside) openBeside(view.beside);
    if (!view.beside && beside) closeBeside();
    first.head(view.beside && view.heading);
    beside?.head(view.beside.heading);
    first.credit(beside ? "" : view.attribution);
    bothCredit.textContent = beside ? view.attribution : "";
    // A choice for the first map leaves the second as it is.
    const isSame = beside && beside.areas && beside.view.id === view.beside.id;
    const shown = await Promise.all(
      [first.show(view), beside && !isSame ? beside.show(view.beside) : true]);
    if (!shown.every(Boolean)) return;
    afterPaint(() => {
      painted(view);
      first.keepView(); // the server wrote the address as it was when it was asked
      first.showMore();
      if (!isSame) beside?.showMore();
    });
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

  window.lpipgeo = { show };
})();
