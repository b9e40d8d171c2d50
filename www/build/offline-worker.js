// The service worker. Files under assets/ carry a hash of their content in their name, so a kept one is never stale; all
// others are asked for first, and the kept copy stands in when there is no network.
const version = "VERSION";
const files = [/* FILES */];

const prefix = "specsight-";
const cacheName = prefix + version;
const root = new URL("./", self.location.href);

self.addEventListener("install", (event) => {
  const keep = async () => {
    const cache = await caches.open(cacheName);
    await cache.addAll(files.map((file) => new URL(file, root).href));
    await self.skipWaiting();
  };
  event.waitUntil(keep());
});

self.addEventListener("activate", (event) => {
  const clear = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name.startsWith(prefix) && name !== cacheName).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(clear());
});

async function kept(request) {
  const cache = await caches.open(cacheName);
  return cache.match(request, { ignoreSearch: true });
}

async function answer(request, url) {
  const immutable = url.pathname.startsWith(new URL("assets/", root).pathname);
  if (immutable) return (await kept(request)) ?? fetch(request);
  try {
    return await fetch(request);
  } catch (error) {
    const copy = await kept(request.mode === "navigate" ? new URL("index.html", root).href : request);
    if (copy) return copy;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(root.href)) return;
  event.respondWith(answer(event.request, url));
});
