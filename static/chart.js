// Draws the figures of a page: after the page can be used, and only when they come into view.
(() => {
  "use strict";
  const { library, id, style } = document.currentScript.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  let arrival;

  // The style sheet before the script and the id on it keep plotly.js from writing styles that the policy forbids.
  const arrive = () =>
    (arrival ??= new Promise((done, failed) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: style });
      const script = document.createElement("script");
      Object.assign(script, { id, src: library, onload: done, onerror: failed });
      document.head.append(link, script);
    }));

  const ask = async (plot) => {
    const reply = await fetch(plot.dataset.figure, { headers: { Accept: "application/json" } });
    if (!reply.ok) throw new Error(reply.statusText);
    return reply.text();
  };

  const draw = (plot, text, inDark = dark.matches) => {
    const swap = JSON.parse(text).dark;
    const { figure, config } = JSON.parse(inDark ? text.replace(/#[0-9a-f]{6}/g, (c) => swap[c] ?? c) : text);
    const { height } = figure.layout;
    if (height) Object.assign(plot.style, { minBlockSize: 0, blockSize: `${height}px` });
    plot.classList.toggle("tall", height > 900); // would not fit beside its words on one sheet of paper
    return Plotly.react(plot, figure.data, figure.layout, config);
  };

  const show = async (plot) => {
    try {
      const [text] = await Promise.all([ask(plot), arrive()]);
      await draw(plot, text);
      drawn.set(plot, text);
    } catch {
      plot.remove(); // the sentence and the numbers stay
    }
  };

  const redraw = (inDark) => drawn.forEach((text, plot) => draw(plot, text, inDark));

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
        observer.unobserve(target);
        show(target);
      }
    },
    { rootMargin: "25%" },
  );

  const plots = document.querySelectorAll("[data-figure]");
  plots.forEach((plot) => plot.classList.add("awaited"));
  addEventListener("load", () => plots.forEach((plot) => observer.observe(plot)));
  dark.addEventListener("change", () => redraw());
  addEventListener("beforeprint", () => {
    document.querySelectorAll(".chart details").forEach((numbers) => (numbers.open = true));
    redraw(false);
  });
  addEventListener("afterprint", () => redraw());
})();
