/* The figures of a map as they travel: packed letters into values, and into words. */
(function () {
  "use strict";

  const ALPHABET =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.";
  const DIGIT = new Map([...ALPHABET].map((letter, i) => [letter, i]));

  /* Values and statuses of one indicator for every area of a level.

     `packed` has values, statuses, statusRuns, format and period, as
     lpipgeo/maps/views.py makes them; `count` is the number of areas. */
  class Figures {
    constructor(packed, count) {
      this.packed = packed;
      this.values = unpackValues(packed.values, count);
      this.statuses = unpackRuns(packed.statusRuns);
      this.order = null;
    }

    status(index) {
      return this.packed.statuses[this.statuses[index]];
    }

    /* Whether an area lies outside the one that the map is limited to. */
    isMasked(index) {
      return this.status(index).texture === "masked";
    }

    isMissing(index) {
      return Number.isNaN(this.values[index]);
    }

    text(index) {
      if (this.isMissing(index)) return this.status(index).label;
      const { prefix, suffix, decimals, bands, names, signed } = this.packed.format;
      const value = this.values[index];
      if (bands) {
        const i = this.band(value);
        if (names.length) return names[i - 1];
        const last = i === bands.length - 1;
        const upper = last ? " or more" : " to " + number(bands[i], 0);
        return prefix + number(bands[i - 1], 0) + upper + suffix;
      }
      if (!signed) return prefix + number(value, decimals) + suffix;
      const sign = value > 0 ? "+" : value < 0 ? "−" : "";
      return sign + prefix + number(Math.abs(value), decimals) + suffix;
    }

    /* Number of the edge above a value; the last band has no upper edge. */
    band(value) {
      const { bands } = this.packed.format;
      const i = bands.findIndex((edge) => value < edge);
      return i < 0 ? bands.length - 1 : i;
    }

    note(index) {
      if (this.isMissing(index)) return this.packed.period;
      return [this.packed.period, this.status(index).hover].filter(Boolean).join(" · ");
    }

    /* Areas whose values may be ranked, the highest first; else by name. */
    inOrder(names) {
      if (this.order) return this.order;
      const all = [...this.values.keys()].filter((i) => !this.isMissing(i));
      const ranked = all.filter((i) => this.status(i).ranked);
      this.isRanked = ranked.length > 0 && !this.packed.format.bands;
      const byName = (a, b) => names[a][0].localeCompare(names[b][0], "en-GB");
      this.order = this.isRanked
        ? ranked.sort((a, b) => this.values[b] - this.values[a] || byName(a, b))
        : all.sort(byName);
      return this.order;
    }
  }

  function number(value, digits) {
    return value.toLocaleString("en-GB", {
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    });
  }

  function unpackValues({ width, low, scale, text }, count) {
    const values = new Float64Array(count).fill(NaN);
    for (let i = 0; i < count; i++) {
      let whole = 0;
      for (let j = 0; j < width; j++) whole = whole * 64 + DIGIT.get(text[i * width + j]);
      if (whole > 0) values[i] = (low + whole - 1) / scale; // 0 means no value
    }
    return values;
  }

  function unpackRuns(runs) {
    return runs.flatMap(([item, times]) => new Array(times).fill(item));
  }

  window.lpipgeoFigures = { Figures };
})();
