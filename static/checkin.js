// A tap on an answer brings what is open next into view; keys do not.
const form = document.querySelector("form");
form.onclick = ({ detail, target }) => {
  let next = detail ? target.closest("label")?.closest("fieldset").nextElementSibling : null;
  while (next?.querySelector(":checked")) next = next.nextElementSibling;
  next?.scrollIntoView({ block: next.matches("fieldset") ? "start" : "end" });
};
// To another language answers go in the hash; nobody else's come in.
const nav = document.querySelector("nav");
if (nav) nav.onclick = ({ target }) => {
  if (target.href) target.hash = new URLSearchParams(new FormData(form));
};
const [url, hash = ""] = document.URL.split("#");
for (const [pair] of hash.matchAll(/\w+=\d+/g)) {
  const own = document.referrer.startsWith(url.split("?")[0]);
  if (own) form[pair.replace("=", "-")]?.click();
  history.replaceState(0, "", url);
}
// Last: what keeps an answer offline.
onload = () => navigator.serviceWorker?.register(form.dataset.worker).catch(() => {});
