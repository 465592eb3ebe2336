// Draws the figures of a page: after the page can be used, and only when they come into view.
(() => {
  "use strict";
  const { library, style } = document.currentScript.dataset;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Set();
  let arrival;

  const source = (plot) => plot.nextElementSibling.textContent;

  // The style sheet stands before the script, so that plotly.js writes no rules of its own: the policy forbids it.
  const arrive = () =>
    (arrival ??= new Promise((done, failed) => {
      const link = document.createElement("link");
      Object.assign(link, { rel: "stylesheet", id: "plotly.js-style-global", className: "no-inline-styles", href: style });
      const script = document.createElement("script");
      Object.assign(script, { src: library, onload: done, onerror: failed });
      document.head.append(link, script);
    }));

  const draw = (plot, inDark = dark.matches) => {
    const text = source(plot);
    const swap = JSON.parse(text).dark;
    const { figure, config } = JSON.parse(inDark ? text.replace(/#[0-9a-f]{6}/g, (c) => swap[c] ?? c) : text);
    return Plotly.react(plot, figure.data, figure.layout, config).then(() => drawn.add(plot));
  };

  const redraw = (inDark) => drawn.forEach((plot) => draw(plot, inDark));

  const reserve = (plot) => {
    const { layout } = JSON.parse(source(plot)).figure;
    plot.style.minBlockSize = `${layout.height ?? layout.template.layout.height}px`;
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (!isIntersecting) continue;
        observer.unobserve(target);
        arrive().then(() => draw(target)).catch(() => target.remove());
      }
    },
    { rootMargin: "25%" },
  );

  const plots = document.querySelectorAll(".chart .plot");
  plots.forEach(reserve);
  addEventListener("load", () => plots.forEach((plot) => observer.observe(plot)));
  dark.addEventListener("change", () => redraw());
  addEventListener("beforeprint", () => redraw(false));
  addEventListener("afterprint", () => redraw());
})();
