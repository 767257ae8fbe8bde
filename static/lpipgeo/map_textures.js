/* Textures of values that were not measured here, each status with its own. */
(function () {
  "use strict";

  const patterns = new Map(); // texture and colour -> CanvasPattern
  const SIZES = { dotted: 6, slanted: 7, ringed: 15, crossed: 9, dashed: 9, hatched: 7 };
  // Where areas are small, these would only dirty the colour; the legend says it then.
  const ONLY_NEAR = ["ringed", "dashed"];

  const DRAW = {
    dotted(pen) {
      pen.fillRect(2, 2, 1.6, 1.6);
    },
    slanted(pen, size) {
      lines(pen, [-size, 0, size].map((shift) => [shift, size, shift + size, 0]));
    },
    hatched(pen, size) {
      lines(pen, [-size, 0, size].map((shift) => [shift, size, shift + size, 0]));
    },
    ringed(pen, size) {
      pen.beginPath();
      pen.arc(size / 2, size / 2, 1.7, 0, 2 * Math.PI);
      pen.stroke();
    },
    crossed(pen) {
      lines(pen, [[3, 3, 6, 6], [6, 3, 3, 6]]);
    },
    dashed(pen, size) {
      lines(pen, [[2, size / 2, 7, size / 2]]);
    },
  };

  function lines(pen, ends) {
    pen.beginPath();
    for (const [fromX, fromY, toX, toY] of ends) {
      pen.moveTo(fromX, fromY);
      pen.lineTo(toX, toY);
    }
    pen.stroke();
  }

  function isDark(colour) {
    const n = parseInt(colour.slice(1), 16);
    return (n >> 16) * 0.299 + ((n >> 8) & 255) * 0.587 + (n & 255) * 0.114 < 128;
  }

  function tile(texture, colour) {
    const size = SIZES[texture];
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const pen = canvas.getContext("2d");
    pen.fillStyle = colour;
    pen.fillRect(0, 0, size, size);
    const strength = texture === "ringed" ? 0.55 : 1; // a whole map may be modelled
    const ink = isDark(colour)
      ? `rgba(255,255,255,${0.75 * strength})` : `rgba(28,35,48,${0.6 * strength})`;
    pen.fillStyle = ink;
    pen.strokeStyle = texture === "hatched" ? "#9AA1AB" : ink;
    pen.lineWidth = 0.9;
    DRAW[texture](pen, size);
    return canvas;
  }

  /* What an area is filled with: its colour, under the texture of its status. */
  function fill(texture, colour, isFar) {
    if (!SIZES[texture] || (isFar && ONLY_NEAR.includes(texture))) return colour;
    const key = texture + colour;
    if (!patterns.has(key)) {
      const pen = document.createElement("canvas").getContext("2d");
      patterns.set(key, pen.createPattern(tile(texture, colour), "repeat"));
    }
    return patterns.get(key);
  }

  /* A small picture of a texture, for the legend. */
  function swatch(texture, colour) {
    const node = document.createElement("i");
    node.className = "lp-swatch lp-" + texture;
    if (SIZES[texture]) {
      node.style.background = `url(${tile(texture, colour).toDataURL()}) center`;
    }
    return node;
  }

  window.lpipgeoTextures = { fill, swatch };
})();
