// The worker of respondents' pages: keeps an answer that finds no network. The pages it answers with are in
// the language of the page that asked for it, named in its address.
importScripts("/static/outbox.js");

const LOOK = self.location.search;
const PAGES = `pages${LOOK}`;
const KEPT = `/c/bewaard${LOOK}`;
const WIPED = `/c/gewist${LOOK}`;
const WIPE = "/c/wis";
const LINK = /^\/c\/[\w-]{22}(\/nu-niet)?$/;
const NOBODY_HOME = new Set([502, 504]); // a proxy in front answers for us

self.addEventListener("install", (event) => event.waitUntil(stock().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));
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

async function stock() {
  await caches.delete(PAGES);
  const pages = await caches.open(PAGES);
  await pages.addAll([KEPT, WIPED]);
  const html = await (await pages.match(KEPT)).text();
  await pages.addAll([...html.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map(([, file]) => file));
}

async function tidy() {
  for (const name of await caches.keys()) if (name !== PAGES) await caches.delete(name);
}

const near = async (request) => (await caches.match(request)) ?? fetch(request);
const told = async () => (await caches.match(KEPT)) ?? Response.error();

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
    return told();
  }
}

// Whoever comes back to a link first hears what became of their answer.
async function get(request, path) {
  const waits = () => find(path).catch(() => undefined);
  if (await waits()) await flush();
  return (await waits()) ? told() : fetch(request);
}

async function wipe(request) {
  const page = await caches.match(WIPED);
  await empty();
  indexedDB.deleteDatabase(DATABASE);
  for (const name of await caches.keys()) await caches.delete(name);
  await self.registration.unregister();
  return fetch(request).catch(() => page ?? Response.error());
}
