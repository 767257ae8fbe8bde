/* Overlays drawn above the areas: points as signs, polygons as lines and textures.

   Overlays differ by sign or texture as well as by colour, and every sign has a white
   edge, so that they stand out from any class colour. Nothing here knows of the page. */
(function () {
  "use strict";

  const { SceneCanvas, toWorld, traceRing } = window.lpipgeoAreas;
  const REACH = 5; // pixels around a sign that still mean it
  const TAU = 2 * Math.PI;

  /* One decoded GeoJSON file: `points` and `shapes` in shares of the world. */
  class Places {
    constructor({ features }) {
      this.features = features.map(({ properties, geometry }) => {
        const polygons = {
          Point: [[[geometry.coordinates]]],
          Polygon: [geometry.coordinates],
          MultiPolygon: geometry.coordinates,
        }[geometry.type];
        const rings = polygons.flat().map((ring) => ring.map(([lng, lat]) => toWorld(lat, lng)));
        const all = rings.flat();
        const box = [0, 1].flatMap((i) => [
          all.reduce((low, point) => Math.min(low, point[i]), Infinity),
          all.reduce((high, point) => Math.max(high, point[i]), -Infinity),
        ]);
        return { ...properties, isPoint: geometry.type === "Point", rings, box };
      });
    }

    /* Only the features that lie in a part of the region, if only with an edge.

       `box` is left, top, right and bottom of the part, `centres` are points inside it,
       and `isInside` tells of any point. */
    only({ box: [left, top, right, bottom], centres, isInside }) {
      const part = Object.create(Places.prototype);
      part.features = this.features.filter(({ isPoint, rings, box }) => {
        if (isPoint) return isInside(rings[0][0]);
        if (box[0] > right || box[1] < left || box[2] > bottom || box[3] < top) return false;
        const covers = ([x, y]) => rings.filter((ring) => surrounds(ring, x, y)).length % 2 === 1;
        return centres.some(covers) || rings.some((ring) => ring.some(isInside));
      });
      return part;
    }

    /* Features that lie in a box of the world, if only with an edge. */
    within(box) {
      const [left, top, right, bottom] = box;
      const isInside = ([x, y]) => x >= left && x <= right && y >= top && y <= bottom;
      const corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
      return this.only({ box, centres: corners, isInside }).features;
    }

    /* Features at a place; a sign reaches `radius` around its point. */
    at([x, y], radius) {
      return this.features.filter(({ isPoint, rings, box }) => {
        if (isPoint) return Math.hypot(box[0] - x, box[2] - y) <= radius;
        const isNear = x >= box[0] && x <= box[1] && y >= box[2] && y <= box[3];
        return isNear && rings.filter((ring) => surrounds(ring, x, y)).length % 2 === 1;
      });
    }
  }

  function surrounds(ring, x, y) {
    let isInside = false;
    for (let i = 1; i < ring.length; i++) {
      const [fromX, fromY] = ring[i - 1];
      const [toX, toY] = ring[i];
      if (toY > y === fromY > y) continue;
      if (x < fromX + ((y - fromY) / (toY - fromY)) * (toX - fromX)) isInside = !isInside;
    }
    return isInside;
  }

  /* Radius of a sign in pixels at a zoom: small from afar, so that towns stay legible. */
  function radiusAt(zoom) {
    return Math.max(3.5, Math.min(8, 3.5 + (zoom - 8) * 1.1));
  }

  const SIGNS = {
    circle: (pen, r) => pen.arc(0, 0, r, 0, TAU),
    square: (pen, r) => pen.rect(-r * 0.88, -r * 0.88, r * 1.76, r * 1.76),
    diamond: (pen, r) => corners(pen, [[0, -r * 1.2], [r * 1.2, 0], [0, r * 1.2], [-r * 1.2, 0]]),
    triangle: (pen, r) => corners(pen, [[0, -r * 1.15], [r * 1.1, r * 0.85], [-r * 1.1, r * 0.85]]),
    star: (pen, r) => corners(pen, Array.from({ length: 10 }, (_, i) => {
      const long = i % 2 ? r * 0.58 : r * 1.35;
      return [long * Math.sin((i * TAU) / 10), -long * Math.cos((i * TAU) / 10)];
    })),
    cross: (pen, r) => {
      const [a, b] = [r * 0.42, r * 1.1];
      corners(pen, [[-a, -b], [a, -b], [a, -a], [b, -a], [b, a], [a, a], [a, b], [-a, b],
        [-a, a], [-b, a], [-b, -a], [-a, -a]]);
    },
  };

  function corners(pen, points) {
    points.forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.closePath();
  }

  function drawSign(pen, x, y, radius, { mark, colour }) {
    pen.save();
    pen.translate(x, y);
    pen.beginPath();
    SIGNS[mark](pen, radius);
    pen.lineWidth = 3;
    pen.strokeStyle = "#FFFFFF";
    pen.stroke();
    pen.fillStyle = colour;
    pen.fill();
    pen.lineWidth = 1;
    pen.strokeStyle = "#1C2330";
    pen.stroke();
    pen.restore();
  }

  /* A texture of dots or slanted lines in one colour on nothing. */
  function texture(pen, mark, colour) {
    const size = mark === "dotted" ? 5 : 8;
    const tile = document.createElement("canvas");
    tile.width = tile.height = size;
    const brush = tile.getContext("2d");
    brush.fillStyle = brush.strokeStyle = colour;
    if (mark === "dotted") {
      brush.fillRect(1, 1, 1.7, 1.7);
    } else {
      brush.lineWidth = 1.1;
      for (const shift of [-size, 0, size]) {
        brush.beginPath();
        brush.moveTo(shift, 0);
        brush.lineTo(shift + size, size);
        brush.stroke();
      }
    }
    return pen.createPattern(tile, "repeat");
  }

  /* Fill and edge of the path that the pen holds. */
  function drawShape(pen, { mark, colour }) {
    if (mark === "dotted" || mark === "hatched") {
      pen.fillStyle = texture(pen, mark, colour);
      pen.fill("evenodd");
    }
    const isThin = mark === "dotted" || mark === "hatched";
    pen.setLineDash([]);
    pen.strokeStyle = "rgba(255,255,255,.85)";
    pen.lineWidth = isThin ? 2.6 : 4.6;
    pen.stroke();
    pen.setLineDash(mark === "dashed" ? [5, 4] : []);
    pen.strokeStyle = colour;
    pen.lineWidth = isThin ? 1.1 : 2.4;
    pen.stroke();
    pen.setLineDash([]);
  }

  /* A Leaflet layer of overlays: a list of {places, mark, colour}, lowest first. Where
     there is a `part`, with a topology and the numbers of its areas, polygons are cut. */
  const PlaceCanvas = SceneCanvas.extend({
    show(scene, part = null) {
      this.part = part;
      SceneCanvas.prototype.show.call(this, scene);
    },

    cut(pen) {
      const { topology, numbers } = this.part;
      const points = topology.atZoom(this._map.getZoom());
      pen.beginPath();
      for (const number of numbers) {
        for (const ring of topology.areas[number].rings) traceRing(pen, points, ring);
      }
      pen.clip("evenodd");
    },

    paint(pen, view) {
      const zoom = this._map.getZoom();
      const scale = 256 * 2 ** zoom;
      const radius = radiusAt(zoom);
      for (const overlay of this.scene) {
        const isCut = this.part && overlay.places.features.some((one) => !one.isPoint);
        if (isCut) {
          pen.save();
          this.cut(pen);
        }
        for (const { isPoint, rings, box } of overlay.places.features) {
          const isSeen = box[0] * scale < view[2] + 20 && box[1] * scale > view[0] - 20
            && box[2] * scale < view[3] + 20 && box[3] * scale > view[1] - 20;
          if (!isSeen) continue;
          if (isPoint) {
            drawSign(pen, box[0] * scale, box[2] * scale, radius, overlay);
            continue;
          }
          pen.beginPath();
          for (const ring of rings) {
            ring.forEach(([x, y], i) =>
              (i ? pen.lineTo(x * scale, y * scale) : pen.moveTo(x * scale, y * scale)));
            pen.closePath();
          }
          drawShape(pen, overlay);
        }
        if (isCut) pen.restore();
      }
    },

    /* [overlay, feature] of everything at a place, the topmost first. */
    find({ lat, lng }) {
      if (!this.scene || !this._map) return [];
      const zoom = this._map.getZoom();
      const reach = (radiusAt(zoom) + REACH) / (256 * 2 ** zoom);
      const point = toWorld(lat, lng);
      return [...this.scene].reverse().flatMap((overlay) =>
        overlay.places.at(point, reach).map((feature) => [overlay, feature]));
    },
  });

  /* A small picture of an overlay's mark, for the legend. */
  function swatch(overlay) {
    const node = document.createElement("canvas");
    const ratio = window.devicePixelRatio || 1;
    node.width = 22 * ratio;
    node.height = 16 * ratio;
    node.className = "lp-sign";
    node.setAttribute("aria-hidden", "true");
    const pen = node.getContext("2d");
    pen.scale(ratio, ratio);
    if (SIGNS[overlay.mark]) {
      drawSign(pen, 11, 8, 5, overlay);
    } else {
      pen.beginPath();
      pen.rect(3, 3, 16, 10);
      drawShape(pen, overlay);
    }
    return node;
  }

  window.lpipgeoPlaces = { PlaceCanvas, Places, swatch };
})();
