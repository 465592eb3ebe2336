// The worker of respondents' pages: keeps an answer that finds no network. The pages it answers with look like
// the page that asked: its form says so in its address, and tells the worker when it opens.
importScripts("/static/outbox.js");

const PAGES = "pages";
const KEPT = "/c/bewaard";
const WIPED = "/c/gewist";
const WIPE = "/c/wis";
const LINK = /^\/c\/[\w-]{22}(\/nu-niet)?$/;
const NOBODY_HOME = new Set([502, 504]); // a proxy in front answers for us

self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(stock(event.data).catch(() => {})));
self.addEventListener("sync", (event) => event.waitUntil(flush().then(againLater)));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { pathname } = new URL(request.url);
  if (pathname.startsWith("/static/")) event.respondWith(near(request));
  else if (request.mode !== "navigate") return;
  else if (request.method === "POST" && !isOurs(request)) return;
  else if (pathname === WIPE && request.method === "POST") event.respondWith(wipe(request));
  else if (LINK.test(pathname)) {
    const reply = request.method === "POST" ? post(request, pathname) : get(request, pathname);
    event.respondWith(reply);
    event.waitUntil(reply.then(flush).catch(() => {}));
  }
});

// Other sites post here too; only forms on our own pages may touch what is kept.
const isOurs = ({ referrer }) => referrer.startsWith(`${self.location.origin}/`);

// The browser tries again by itself where this fails.
const againLater = (left) => (left ? Promise.reject(new Error(`${left} left`)) : undefined);

// Anew at every opening, so that they are never older than the form. What is kept last has all it needs.
async function stock(look) {
  const pages = await caches.open(PAGES);
  const kept = await fetch(KEPT + look);
  const html = await kept.clone().text();
  const files = [...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, file]) => file);
  await pages.addAll([WIPED + look, ...files]);
  if (kept.ok) await pages.put(KEPT + look, kept);
}

const near = async (request) => (await caches.match(request)) ?? fetch(request);
const stocked = async (page, address) =>
  (await caches.match(page + new URL(address).search)) ?? caches.match(page, { ignoreSearch: true });
const told = async (address) => (await stocked(KEPT, address)) ?? Response.error();

// What is sent now takes the place of what waited on the same link, unless it was not let in.
async function post(request, path) {
  const body = await request.clone().text();
  try {
    const reply = await fetch(request);
    if (NOBODY_HOME.has(reply.status)) throw new TypeError("no server");
    if (reply.status !== 403) await drop(path).catch(() => {});
    return reply;
  } catch {
    await keep(path, request.url, body);
    self.registration.sync?.register("outbox").catch(() => {});
    return told(request.url);
  }
}

// Whoever comes back to a link first hears what became of their answer.
async function get(request, path) {
  const waits = () => find(path).catch(() => undefined);
  if (await waits()) await flush();
  const kept = await waits();
  return kept ? told(kept.address) : fetch(request);
}

async function wipe(request) {
  const page = await stocked(WIPED, request.url);
  await empty();
  indexedDB.deleteDatabase(DATABASE);
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
  return fetch(request).catch(() => page ?? Response.error());
}
