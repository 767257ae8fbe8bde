/* Where somebody moved the map, in the address of the Map page: for links and a refresh.
   The server is not asked; it hears of the address with the next choice, and keeps it. */
(function () {
  "use strict";

  const NAME = "at"; // middle and zoom, such as "52.4863,-1.8904,11.2"
  const QUIET = 300; // milliseconds without a move until it is written
  let waiting = 0;

  /* The page's address; null where that is another page's, or another site's. */
  function pageAddress() {
    if (!window.Streamlit) return null;
    const address = new URL(window.parent.location.href);
    return address.pathname.endsWith("/map") ? address : null;
  }

  /* The view that the address asks for; null where it asks for none. */
  function read() {
    const view = (pageAddress()?.searchParams.get(NAME) || "").split(",").map(Number);
    return view.length === 3 && view.every(Number.isFinite) ? view : null;
  }

  /* Write a view, or none where the other choices say where the map is. */
  function write(view) {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = pageAddress();
      if (!address) return;
      const text = view && [view[0].toFixed(4), view[1].toFixed(4), +view[2].toFixed(1)].join();
      if (text === address.searchParams.get(NAME)) return;
      if (text) address.searchParams.set(NAME, text);
      else address.searchParams.delete(NAME);
      const { history } = window.parent;
      history.replaceState(history.state, "", address);
    }, QUIET);
  }

  window.lpipgeoAddress = { read, write };
})();
