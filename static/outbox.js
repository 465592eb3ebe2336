// Answers that could not be sent: one for each link, on this device, until the server took or refused them.
// Runs in the worker and on the page that waits; one of them sends at a time.
const DATABASE = "groeispiegel";
// Why an answer can never be sent any more; other refusals pass.
const REFUSED = { 400: "closed", 403: "closed", 404: "closed", 409: "answered", 413: "closed", 415: "closed" };
const FORM = { "Content-Type": "application/x-www-form-urlencoded" };

const opened = () =>
  new Promise((done, fail) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("outbox", { keyPath: "path" });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error);
  });

async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((done, fail) => {
      const transaction = database.transaction("outbox", mode, { durability: "strict" });
      const request = act(transaction.objectStore("outbox"));
      transaction.oncomplete = () => done(request.result);
      transaction.onabort = () => fail(transaction.error);
    });
  } finally {
    database.close();
  }
}

// What waits: its path, the address and body to post, a mark of its own, and since the server spoke a `state`.
const keep = (path, address, body) =>
  within("readwrite", (box) => box.put({ path, address, body, mark: crypto.randomUUID() }));
const find = (path) => within("readonly", (box) => box.get(path));
const drop = (path) => within("readwrite", (box) => box.delete(path));
const empty = () => within("readwrite", (box) => box.clear());

// What was kept again in the meantime stays as it is.
const settle = (kept, state) =>
  within("readwrite", (box) => {
    const request = box.get(kept.path);
    request.onsuccess = () => {
      if (request.result?.mark !== kept.mark) return;
      if (state) box.put({ ...kept, state });
      else box.delete(kept.path);
    };
    return request;
  });

async function send(kept) {
  const { address, body } = kept;
  const options = { method: "POST", body, headers: FORM, credentials: "omit" };
  let status = 0;
  try {
    status = (await fetch(address, { ...options, signal: AbortSignal.timeout?.(30_000) })).status;
  } catch {
    return; // no network yet
  }
  if (status === 200) await settle(kept);
  else if (status === 422) await settle(kept, "incomplete");
  else if (status in REFUSED) await settle(kept, REFUSED[status]);
}

const waiting = async () => (await within("readonly", (box) => box.getAll())).filter((kept) => !kept.state);
const alone = (act) => (navigator.locks ? navigator.locks.request("outbox", act) : act());

// Sends all that waits; how many the server was too busy for.
const flush = () =>
  alone(async () => {
    for (const kept of await waiting()) await send(kept);
    return (await waiting()).length;
  });
