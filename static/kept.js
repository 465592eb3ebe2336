// The page that waits with an answer: tries again by itself, says what becomes of it, goes on when it is sent.
const OWN = "/c/bewaard";
const path = location.pathname;
let next = path + location.search;

function say(state) {
  for (const part of document.querySelectorAll("[data-state]")) part.hidden = part.dataset.state !== state;
  document.title = document.querySelector("h1 :not([hidden])").firstChild.textContent.trim();
}

async function look() {
  const before = await find(path);
  if (before?.body.includes("nu_niet=")) next = `${path}/nu-niet${location.search}`;
  await flush();
  const kept = await find(path);
  if (again.signal.aborted) return; // another look has told what became of it
  if (!kept) return path === OWN || location.replace(next); // by its own address it waits for nothing
  say(kept.state ?? "waiting");
  await offer();
  if (!kept.state) return;
  again.abort();
  clearInterval(clock);
  if (kept.state === "incomplete") document.querySelector("[data-back]").onclick = () => back(kept.body);
  else await drop(path);
}

// On the coach's device: the way back to the coach, while it leads somewhere.
async function offer() {
  const [away, home] = ["away", "home"].map((place) => document.querySelector(`[data-${place}]`));
  if (!home) return;
  const { status } = await fetch(home.firstChild.href, { method: "HEAD" }).catch(() => ({ status: 503 }));
  away.hidden = status < 500;
  home.hidden = !away.hidden;
}

// Back to the form with what was chosen, in the hash, which is never sent. Another query makes it load anew.
async function back(body) {
  await drop(path);
  location.replace(`${path}${location.search || "?"}&terug#${body}`);
}

const again = new AbortController();
addEventListener("online", look, again);
document.addEventListener("visibilitychange", () => document.hidden || look(), again);
const clock = setInterval(look, 10_000);
look();
