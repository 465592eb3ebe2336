// A tap on an answer brings what is open next into view; keys do not.
const form = document.querySelector("form");
form.addEventListener("click", (event) => {
  const here = event.detail && event.target.closest(".opt")?.parentNode;
  let next = here && here.nextElementSibling;
  while (next && next.querySelector(":checked")) next = next.nextElementSibling;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  next && next.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: next.matches("fieldset") ? "start" : "end" });
});
// To another language the answers go in the hash, which is never sent.
document.querySelector("nav")?.addEventListener("click", ({ target }) => {
  if (target.href) target.hash = new URLSearchParams(new FormData(form));
});
for (const [, name, value] of location.hash.matchAll(/(\w+)=(\d)/g)) {
  const radio = document.getElementById(`${name}-${value}`);
  if (radio) radio.checked = true;
  history.replaceState(null, "", location.pathname + location.search);
}
