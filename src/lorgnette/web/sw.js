// The page without the hub: its files, all of one version, and nothing else. No word and no picture is kept here.
//
// The hub writes `self.SHELL = { version, files: { address: hash } }` above these lines when it serves them.

const { version, files } = self.SHELL;
const KIND = "lorgnette shell ";
const CACHE = KIND + version;
const AT_ONCE = 8; // fetches; a small hub has others to serve

self.addEventListener("install", (event) => event.waitUntil(fill()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", ({ data }) => data === "take" && self.skipWaiting());

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const key = addressOf(request);
  if (key) event.respondWith(kept(key, request));
});

/** All or nothing: a file that isn't what its hash says belongs to another version, and this one isn't taken. */
async function fill() {
  const cache = await caches.open(CACHE);
  const waiting = Object.entries(files);
  const work = async () => {
    for (let entry; (entry = waiting.shift()); ) {
      const [address, integrity] = entry;
      const answer = await fetch(address, { cache: "no-cache", integrity });
      if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
      await cache.put(address, answer);
    }
  };
  try {
    await Promise.all(Array.from({ length: AT_ONCE }, work));
  } catch (error) {
    waiting.length = 0;
    await caches.delete(CACHE);
    throw error;
  }
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(KIND) && name !== CACHE).map((n) => caches.delete(n)));
}

/** A page under any query is that page; everything else by its exact address, and only what is listed. */
function addressOf({ url, mode }) {
  const { origin, pathname, search } = new URL(url);
  const base = new URL("./", self.location);
  if (origin !== base.origin || !pathname.startsWith(base.pathname)) return null;
  const address = `./${pathname.slice(base.pathname.length)}`;
  if (mode === "navigate" && address === "./index.html") return "./";
  if (mode === "navigate") return address in files ? address : null;
  return !search && address in files ? address : null;
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}
