/* Circles above the areas: twice the value is twice the circle's area. */
(function () {
  "use strict";

  const { SceneCanvas, toWorld } = window.lpipgeoAreas;
  const FULL_VIEW = 8; // zoom at which the whole region is in view
  const MOST = 2.2; // as many times larger, at most, when zoomed in

  function growth(zoom) {
    return Math.max(0.7, Math.min(MOST, 1.25 ** (zoom - FULL_VIEW)));
  }

  /* Scene: a list of {index, lat, lng, share}, share being radius by largest radius. */
  const CircleCanvas = SceneCanvas.extend({
    show({ circles, reach }) {
      this.reach = reach;
      const placed = circles.map((circle) => {
        const [x, y] = toWorld(circle.lat, circle.lng);
        return { ...circle, x, y };
      });
      // The largest first, so that no small one is hidden.
      SceneCanvas.prototype.show.call(this, placed.sort((a, b) => b.share - a.share));
    },

    radius({ share }) {
      return Math.max(1.5, share * this.reach * growth(this._map.getZoom()));
    },

    paint(pen) {
      const scale = 256 * 2 ** this._map.getZoom();
      for (const circle of this.scene) {
        pen.beginPath();
        pen.arc(circle.x * scale, circle.y * scale, this.radius(circle), 0, 2 * Math.PI);
        pen.fillStyle = "rgba(255,255,255,.3)"; // seen on dark colours, the line on light
        pen.fill();
        pen.strokeStyle = "#FFFFFF";
        pen.lineWidth = 5.5;
        pen.stroke();
        pen.strokeStyle = "#1C2330";
        pen.lineWidth = 1.8;
        pen.stroke();
      }
    },

    /* Number of the smallest circle around a place, or -1. */
    find({ lat, lng }) {
      if (!this.scene || !this._map) return -1;
      const scale = 256 * 2 ** this._map.getZoom();
      const [x, y] = toWorld(lat, lng);
      const isHere = (circle) =>
        Math.hypot(circle.x - x, circle.y - y) * scale <= this.radius(circle);
      const found = [...this.scene].reverse().find(isHere);
      return found ? found.index : -1;
    },
  });

  window.lpipgeoCircles = { CircleCanvas, growth };
})();
