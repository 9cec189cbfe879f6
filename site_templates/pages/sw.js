// Keeps the pages that a reader has opened, for reading without a network. It runs only if the reader has asked for it on
// the page of downloads, and asks no other site for anything.
const KEPT = 'pages';
const LIMIT = 2000;

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

const keep = async (request, response) => {
  const kept = await caches.open(KEPT);
  await kept.put(request, response);
  const all = await kept.keys();
  if (all.length > LIMIT) await kept.delete(all[0]);
};

// What is new comes first; what was kept is shown when there is no network.
const answer = async (event) => {
  try {
    const response = await fetch(event.request);
    if (response.ok && response.type === 'basic') event.waitUntil(keep(event.request, response.clone()));
    return response;
  } catch (fault) {
    const found = await caches.match(event.request, {ignoreSearch: true});
    if (found) return found;
    throw fault;
  }
};

self.addEventListener('fetch', (event) => {
  const own = new URL(event.request.url).origin === self.location.origin;
  if (own && event.request.method === 'GET') event.respondWith(answer(event));
});
