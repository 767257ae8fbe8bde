/* Stop-watches inside the page, in clock time, so that frames can be compared.

   `until` looks at the beginning of each frame. The frame in which a thing is found
   draws it, and a message sent from there arrives after the paint: then it counts as
   painted. The map's own mark keeps the same rule. */
(function () {
  "use strict";
  const now = () => performance.timeOrigin + performance.now();
  const press = () => { window.top.lpPressed = now(); };
  window.addEventListener("pointerdown", press, true);
  if (window !== window.top) return;

  function until(look, seconds = 90) {
    return new Promise((done, fail) => {
      let found = null;
      setTimeout(() => fail(new Error("nothing was painted: " + look)), seconds * 1000);
      (function again() {
        try { found = look(); } catch (error) { /* the frame is not there yet */ }
        if (found) done(found);
        else requestAnimationFrame(again);
      })();
    });
  }

  window.lpUntil = until;

  window.lpFrame = () =>
    [...document.querySelectorAll("iframe")]
      .map((frame) => frame.contentWindow)
      .find((frame) => frame.location.href.includes("streamlit_folium"));

  window.lpMapId = () => {
    try { return lpFrame().document.documentElement.dataset.painted || ""; }
    catch (error) { return ""; }
  };

  /* Time at which a map with another id than the old one was painted. */
  window.lpMapPainted = (old) => until(() => {
    const id = lpMapId();
    if (!id || id === old) return null;
    const { performance: clock } = lpFrame();
    const mark = clock.getEntriesByName("lpipgeo-painted").at(-1);
    return clock.timeOrigin + mark.startTime;
  });

  /* Time at which what made a test hold was painted. */
  window.lpHolds = (test) => until(test).then(() => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => done(now());
    channel.port2.postMessage(null);
  }));

  window.lpTextOf = (selector) => document.querySelector(selector)?.textContent || "";

  /* Whether the frame's shapes have these fills, given as "#rrggbb". */
  window.lpFilled = (colours, least) => {
    const page = lpFrame().document;
    const count = (colour) => page.querySelectorAll(`path[fill="${colour}"]`).length;
    return colours.reduce((sum, colour) => sum + count(colour), 0) >= least;
  };
})();
