// A tap on an answer brings what is open next into view; keys do not.
const form = document.querySelector("form");
form.onclick = ({ detail, target }) => {
  let next = detail ? target.closest("label")?.closest("fieldset").nextElementSibling : null;
  while (next?.querySelector(":checked")) next = next.nextElementSibling;
  next?.scrollIntoView({ block: next.elements ? "start" : "end" });
};
// To another language answers go in the hash; nobody else's come in.
onclick = ({ target }) => {
  if (target.hreflang) target.hash = new URLSearchParams(new FormData(form));
};
const [url, hash = ""] = document.URL.split("#");
for (const [pair] of hash.matchAll(/\w+=\d+/g)) {
  if (document.referrer.startsWith(url.split("?")[0])) form[pair.replace("=", "-")]?.click();
  history.replaceState(0, "", url);
}
// Keeps an answer offline.
const worker = navigator.serviceWorker;
onload = () => worker?.register("/c/offline.js").catch(() => 0);
worker?.ready.then((it) => it.active.postMessage(form.getAttribute("action")));
