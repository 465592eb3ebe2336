// While a check waits for its answer: ask the server what became of it, less and less often, only while someone looks.
const live = document.getElementById("live");
let wait = 2000, left = 100, timer;

async function look() {
  if (document.hidden || left-- < 1) return;
  const reply = await fetch(live.dataset.stand, { headers: { Accept: "application/json" } }).catch(() => null);
  if (reply && reply.ok && (await reply.json()).state !== live.dataset.state) return location.reload();
  if (reply && (reply.status === 401 || reply.status === 404)) return;
  wait = Math.min(wait * 1.1, 15000);
  timer = setTimeout(look, wait);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(timer);
  if (!document.hidden) timer = setTimeout(look, (wait = 2000) / 4);
});
timer = setTimeout(look, wait);
