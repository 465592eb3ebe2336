// A tap on an answer brings the next open question, or the send button, into view. Keys do not: they walk the answers.
document.querySelector("form").addEventListener("click", (event) => {
  const here = event.detail && event.target.closest(".opt")?.parentNode;
  let next = here && here.nextElementSibling;
  while (next && next.querySelector(":checked")) next = next.nextElementSibling;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next && next.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: next.matches("fieldset") ? "start" : "end" });
});
