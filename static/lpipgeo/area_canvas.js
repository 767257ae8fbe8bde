/* Areas and lines, drawn straight from TopoJSON on one canvas.

   A border is an arc that its two sides share: it is projected and thinned once per
   zoom and then used by both. So neighbours meet exactly, and half the work of drawing
   polygon by polygon is saved. Nothing here knows of indicators or of the page. */
(function () {
  "use strict";

  const TILE = 256; // pixels of the whole world at zoom 0, as in Leaflet

  /* Web Mercator as shares of the world. */
  function toWorld(lat, lng) {
    const sine = Math.sin((lat * Math.PI) / 180);
    return [lng / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
  }

  function toDegrees(x, y) {
    const lat = (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI;
    return [lat, (x - 0.5) * 360];
  }

  /* One decoded TopoJSON file with an object called "areas".

     `x` and `y` are Web Mercator as shares of the world; the points of arc i are those
     from `starts[i]` to before `starts[i + 1]`. */
  class Topology {
    constructor(document) {
      this.areas = document.objects.areas.geometries.map((geometry) => ({
        code: geometry.id,
        rings: geometry.type === "MultiPolygon" ? geometry.arcs.flat() : geometry.arcs,
      }));
      this.codes = this.areas.map((area) => area.code);
      this.numbers = new Map(this.codes.map((code, i) => [code, i]));
      this.thinned = null;
      this.decode(document);
      this.measure();
    }

    decode({ arcs, transform }) {
      const [scaleX, scaleY] = transform.scale;
      const [moveX, moveY] = transform.translate;
      const count = arcs.reduce((sum, arc) => sum + arc.length, 0);
      this.starts = new Uint32Array(arcs.length + 1);
      this.x = new Float64Array(count);
      this.y = new Float64Array(count);
      let at = 0;
      arcs.forEach((arc, i) => {
        let x = 0;
        let y = 0;
        for (const [stepX, stepY] of arc) {
          x += stepX;
          y += stepY;
          const point = toWorld(y * scaleY + moveY, x * scaleX + moveX);
          this.x[at] = point[0];
          this.y[at] = point[1];
          at += 1;
        }
        this.starts[i + 1] = at;
      });
    }

    /* Boxes of the areas: left, top, right and bottom of area i from place 4 i on. */
    measure() {
      this.boxes = new Float64Array(4 * this.areas.length);
      this.areas.forEach(({ rings }, i) => {
        const box = [Infinity, Infinity, -Infinity, -Infinity];
        for (const ring of rings) {
          for (const arc of ring) {
            const number = arc < 0 ? ~arc : arc;
            for (let p = this.starts[number]; p < this.starts[number + 1]; p++) {
              if (this.x[p] < box[0]) box[0] = this.x[p];
              if (this.y[p] < box[1]) box[1] = this.y[p];
              if (this.x[p] > box[2]) box[2] = this.x[p];
              if (this.y[p] > box[3]) box[3] = this.y[p];
            }
          }
        }
        this.boxes.set(box, 4 * i);
      });
    }

    /* Whole pixels of the arcs at a zoom, without points that fall together. */
    atZoom(zoom) {
      if (this.thinned?.zoom === zoom) return this.thinned;
      const scale = TILE * 2 ** zoom;
      const starts = new Uint32Array(this.starts.length);
      const x = new Int32Array(this.x.length);
      const y = new Int32Array(this.x.length);
      let kept = 0;
      for (let arc = 0; arc + 1 < starts.length; arc++) {
        const first = this.starts[arc];
        const last = this.starts[arc + 1] - 1;
        for (let p = first; p <= last; p++) {
          const toX = Math.round(this.x[p] * scale);
          const toY = Math.round(this.y[p] * scale);
          const moved = p === first || toX !== x[kept - 1] || toY !== y[kept - 1];
          if (!moved && p !== last) continue;
          x[kept] = toX;
          y[kept] = toY;
          kept += 1;
        }
        starts[arc + 1] = kept;
      }
      this.thinned = { zoom, scale, starts, x, y };
      return this.thinned;
    }

    /* Number of the area at a place, or -1. */
    find({ lat, lng }) {
      const [x, y] = toWorld(lat, lng);
      const { boxes } = this;
      for (let i = 0, b = 0; i < this.areas.length; i++, b += 4) {
        const isNear = x >= boxes[b] && y >= boxes[b + 1] && x <= boxes[b + 2] && y <= boxes[b + 3];
        if (isNear && this.contains(i, x, y)) return i;
      }
      return -1;
    }

    /* Whether a ray from the point meets the area's borders an odd number of times. */
    contains(index, x, y) {
      let isInside = false;
      for (const ring of this.areas[index].rings) {
        for (const arc of ring) {
          const number = arc < 0 ? ~arc : arc;
          for (let p = this.starts[number] + 1; p < this.starts[number + 1]; p++) {
            const [toY, fromY] = [this.y[p], this.y[p - 1]];
            if (toY > y === fromY > y) continue;
            const share = (y - fromY) / (toY - fromY);
            if (x < this.x[p - 1] + share * (this.x[p] - this.x[p - 1])) isInside = !isInside;
          }
        }
      }
      return isInside;
    }

    /* Middle of an area's box, in shares of the world. */
    centre(index) {
      const [left, top, right, bottom] = this.boxes.subarray(4 * index, 4 * index + 4);
      return [(left + right) / 2, (top + bottom) / 2];
    }

    /* Nearest area in a direction, [1, 0] is to the right; -1 where there is none. */
    neighbour(index, [dx, dy]) {
      const [x, y] = this.centre(index);
      let best = -1;
      let least = Infinity;
      for (let i = 0; i < this.areas.length; i++) {
        const [toX, toY] = this.centre(i);
        const along = (toX - x) * dx + (toY - y) * dy;
        const aside = Math.abs((toX - x) * dy) + Math.abs((toY - y) * dx);
        if (along <= 0 || aside > along) continue;
        const far = along + aside;
        if (far < least) [best, least] = [i, far];
      }
      return best;
    }

    /* Number of the area whose middle is nearest to a point of the world, or -1. */
    nearest(x, y, isWanted) {
      let best = -1;
      let least = Infinity;
      for (let i = 0; i < this.areas.length; i++) {
        const [toX, toY] = this.centre(i);
        const far = Math.hypot(toX - x, toY - y);
        if (far < least && isWanted(i)) [best, least] = [i, far];
      }
      return best;
    }

    /* The rings of an area as Leaflet wants them. */
    latLngs(index) {
      const place = (p) => toDegrees(this.x[p], this.y[p]);
      return this.areas[index].rings.map((ring) =>
        ring.flatMap((arc) => {
          const number = arc < 0 ? ~arc : arc;
          const points = [];
          for (let p = this.starts[number]; p < this.starts[number + 1]; p++) {
            points.push(place(p));
          }
          return arc < 0 ? points.reverse() : points;
        }));
    }

    /* Numbers of the arcs between two areas, or of all arcs. */
    borders(isInnerOnly) {
      const used = new Uint8Array(this.starts.length - 1);
      for (const { rings } of this.areas) {
        for (const ring of rings) for (const arc of ring) used[arc < 0 ? ~arc : arc] += 1;
      }
      const least = isInnerOnly ? 2 : 1;
      return [...used.keys()].filter((arc) => used[arc] >= least);
    }
  }

  /* A Leaflet layer that paints one scene with its `paint(pen, view)`, in pixels of the
     world; `view` is left, top, right, bottom. Leaflet's own Renderer moves and scales
     the canvas while the map pans and zooms. */
  const SceneCanvas = L.Renderer.extend({
    show(scene) {
      this.scene = scene;
      this.repaint();
    },

    repaint() {
      if (this.frame || !this._map) return;
      this.frame = L.Util.requestAnimFrame(this.draw, this);
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this.pen = this._container.getContext("2d");
    },

    _destroyContainer() {
      L.Util.cancelAnimFrame(this.frame);
      this.frame = null;
      this._container.remove();
      delete this._container;
    },

    _updatePaths() {},

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const size = this._bounds.getSize();
      const ratio = window.devicePixelRatio || 1;
      L.DomUtil.setPosition(this._container, this._bounds.min);
      this._container.width = ratio * size.x; // this clears it, too
      this._container.height = ratio * size.y;
      this._container.style.width = `${size.x}px`;
      this._container.style.height = `${size.y}px`;
      this.draw();
    },

    draw() {
      this.frame = null;
      if (!this.scene || !this._map) return;
      const { pen } = this;
      const ratio = window.devicePixelRatio || 1;
      const size = this._bounds.getSize();
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, size.x, size.y);
      const corner = this._map.getPixelOrigin().add(this._bounds.min);
      pen.translate(-corner.x, -corner.y); // from here on in pixels of the world
      pen.lineJoin = pen.lineCap = "round";
      this.paint(pen, [corner.x, corner.y, corner.x + size.x, corner.y + size.y]);
    },
  });

  /* Scene: `under` and `over` are lists of {topology, arcs, colour, weight}; `areas` is
     a Topology and `style(i)` gives {fill, stroke, weight} of its area i. */
  const AreaCanvas = SceneCanvas.extend({
    paint(pen, view) {
      this.scene.under.forEach((line) => this.drawLine(line));
      this.drawAreas(view);
      this.scene.over.forEach((line) => this.drawLine(line));
    },

    drawAreas([left, top, right, bottom]) {
      const { pen, scene } = this;
      const { boxes, areas } = scene.areas;
      const points = scene.areas.atZoom(this._map.getZoom());
      for (let i = 0, b = 0; i < areas.length; i++, b += 4) {
        const isSeen = boxes[b] * points.scale < right && boxes[b + 1] * points.scale < bottom
          && boxes[b + 2] * points.scale > left && boxes[b + 3] * points.scale > top;
        if (!isSeen) continue;
        pen.beginPath();
        for (const ring of areas[i].rings) {
          traceRing(pen, points, ring);
          pen.closePath();
        }
        const { fill, stroke, weight } = scene.style(i);
        pen.fillStyle = fill;
        pen.fill("evenodd");
        pen.strokeStyle = stroke;
        pen.lineWidth = weight;
        pen.stroke();
      }
    },

    drawLine({ topology, arcs, colour, weight }) {
      const { pen } = this;
      const points = topology.atZoom(this._map.getZoom());
      pen.beginPath();
      for (const arc of arcs) traceRing(pen, points, [arc]);
      pen.strokeStyle = colour;
      pen.lineWidth = weight;
      pen.stroke();
    },
  });

  function traceRing(pen, { starts, x, y }, ring) {
    let isFirst = true;
    for (const arc of ring) {
      const isBackwards = arc < 0;
      const number = isBackwards ? ~arc : arc;
      const from = isBackwards ? starts[number + 1] - 1 : starts[number];
      const step = isBackwards ? -1 : 1;
      const count = starts[number + 1] - starts[number];
      for (let n = 0, p = from; n < count; n++, p += step) {
        if (isFirst) pen.moveTo(x[p], y[p]);
        else pen.lineTo(x[p], y[p]);
        isFirst = false;
      }
    }
  }

  window.lpipgeoAreas = { AreaCanvas, SceneCanvas, Topology, toDegrees, toWorld, traceRing };
})();
