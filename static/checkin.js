// A tap on an answer brings what is open next into view; keys do not.
const form = document.querySelector("form");
form.onclick = ({ detail, target }) => {
  let next = detail ? target.closest("label")?.closest("fieldset").nextElementSibling : null;
  while (next?.querySelector(":checked")) next = next.nextElementSibling;
  next?.scrollIntoView({ block: next.matches("fieldset") ? "start" : "end" });
};
// To another language the answers go in the hash, which is never sent.
const nav = document.querySelector("nav");
if (nav) nav.onclick = ({ target }) => {
  if (target.href) target.hash = new URLSearchParams(new FormData(form));
};
for (const [, id, value] of location.hash.matchAll(/(\w+)=(\d+)/g)) {
  const radio = document.getElementById(`${id}-${value}`);
  if (radio) radio.checked = true;
  history.replaceState(0, "", location.pathname + location.search);
}
// Last: what keeps an answer when the network drops.
onload = () => navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
