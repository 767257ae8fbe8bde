/* When does a WebGL canvas show certain colours? After each frame that drew
   something, its pixels are read back, which waits until they are really there. */
(function () {
  "use strict";
  const now = () => performance.timeOrigin + performance.now();
  const looked = new WeakSet();
  window.lpWanted = null; // colours as [r, g, b], set before the press
  window.lpDrawn = 0;

  function look(gl) {
    looked.delete(gl);
    const { lpWanted } = window;
    if (!lpWanted || gl.getParameter(gl.FRAMEBUFFER_BINDING)) return;
    const width = gl.drawingBufferWidth;
    const height = gl.drawingBufferHeight;
    const pixels = new Uint8Array(width * height * 4);
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, pixels);
    const counts = lpWanted.map(() => 0);
    for (let i = 0; i < pixels.length; i += 12) {
      lpWanted.forEach(([r, g, b], j) => {
        const away = Math.abs(pixels[i] - r) + Math.abs(pixels[i + 1] - g) +
          Math.abs(pixels[i + 2] - b);
        if (away <= 6) counts[j] += 1;
      });
    }
    if (!counts.every((count) => count >= 20)) return;
    window.lpDrawn = now();
    window.lpWanted = null;
  }

  for (const name of ["drawArrays", "drawElements", "drawArraysInstanced",
                      "drawElementsInstanced"]) {
    const draw = WebGL2RenderingContext.prototype[name];
    WebGL2RenderingContext.prototype[name] = function (...given) {
      draw.apply(this, given);
      if (!window.lpWanted || looked.has(this)) return;
      looked.add(this);
      queueMicrotask(() => look(this)); // after the frame's script, before it is shown
    };
  }
})();
