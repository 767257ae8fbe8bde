/* Place names over the map, the larger first; none may meet another, what lies over the
   map's edge, or the edge itself. */
(function () {
  "use strict";

  const FONT = '"Source Sans", "Segoe UI", Arial, sans-serif';
  const ZOOM_BUTTONS = [0, 0, 56, 130]; // pixels that no label may use
  const STYLES = [[700, 13.5], [600, 14.5], [550, 13.5], [500, 13], [450, 12.5]];

  /* `boxes(size)` gives the boxes in pixels that are taken already. */
  const Labels = L.Layer.extend({
    initialize(boxes) {
      this.boxes = boxes;
      this.places = [];
    },

    show(places) {
      this.places = places;
      this.draw();
    },

    onAdd(map) {
      this.canvas = document.createElement("canvas");
      this.canvas.className = "lp-labels leaflet-zoom-hide";
      this.canvas.setAttribute("aria-hidden", "true");
      map.getPane("lp-labels").append(this.canvas);
      map.on("moveend zoomend resize", this.draw, this);
      this.draw();
    },

    onRemove(map) {
      map.off("moveend zoomend resize", this.draw, this);
      this.canvas.remove();
    },

    draw() {
      const map = this._map;
      if (!map) return; // names may arrive after their map was closed
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
      const taken = [ZOOM_BUTTONS, ...this.boxes(size)];
      for (const [name, rank, lat, lng, fromZoom] of this.places) {
        if (map.getZoom() < fromZoom) continue;
        const at = map.latLngToContainerPoint([lat, lng]);
        if (at.x < 0 || at.y < 0 || at.x > size.x || at.y > size.y) continue;
        this.write(pen, name, rank, at, size, taken);
      }
    },

    write(pen, name, rank, at, size, taken) {
      const [weight, points] = STYLES[rank] || [400, 12];
      pen.font = `${weight} ${points}px ${FONT}`;
      const half = pen.measureText(name).width / 2 + 4;
      const box = [at.x - half, at.y - 9, at.x + half, at.y + 9];
      if (box[0] < 0 || box[1] < 0 || box[2] > size.x || box[3] > size.y) return;
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

  window.lpipgeoLabels = { Labels };
})();
