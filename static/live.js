// While a check waits for its answer: ask the server what became of it, less and less often, only while someone looks.
const live = document.getElementById("live");
const onward = document.getElementById("onward");
const promise = onward.textContent;
let wait, left, timer;

async function look() {
  if (document.hidden) return;
  if (left-- < 1) return stop();
  const reply = await fetch(live.dataset.stand, { headers: { Accept: "application/json" } }).catch(() => null);
  if (reply && reply.ok && (await reply.json()).state !== live.dataset.state) return goOn();
  if (reply && (reply.status === 401 || reply.status === 404)) return stop();
  wait = Math.min(wait * 1.1, 15000);
  clearTimeout(timer);
  timer = setTimeout(look, wait);
}

// To the page itself, also from what came back after sending a form: reloading that would send it again.
function goOn() {
  location.replace(live.dataset.page || location.href);
}

// A page that is left open must not keep someone signed in: it stops, and says so.
function stop() {
  clearTimeout(timer);
  onward.textContent = onward.dataset.stopped;
}

function begin() {
  clearTimeout(timer);
  [wait, left] = [2000, 100];
  onward.textContent = promise;
  timer = setTimeout(look, 500);
}

document.addEventListener("visibilitychange", () => document.hidden || begin());
addEventListener("focus", begin);
begin();
