/* The app without a network: its files from here first, answers from the server first and else the last good one.
   The build puts the names of the files and a version made of their contents in place of FILES and VERSION. */
const SHELL = `shell-${VERSION}`
const ANSWERS = `answers-${VERSION}`
const MOST_ANSWERS = 80

addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((cache) => cache.addAll(FILES)).then(() => skipWaiting()))
})
addEventListener('activate', (event) => event.waitUntil(tidied().then(() => clients.claim())))
addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (url.origin !== location.origin || url.searchParams.get('detail') === 'curves') return
  if (url.pathname.startsWith('/api/')) event.respondWith(answer(request, url))
  else if (request.method === 'GET') event.respondWith(file(request))
})

const tidied = async () =>
  Promise.all((await caches.keys()).filter((name) => name !== SHELL && name !== ANSWERS).map((name) => caches.delete(name)))

const file = async (request) => (await caches.match(request.mode === 'navigate' ? '/' : request, { cacheName: SHELL })) ?? fetch(request)

async function answer(request, url) {
  const key = request.method === 'GET' ? url.href : `${url.href}?${encodeURIComponent(await request.clone().text())}`
  try {
    const fresh = await fetch(request)
    if (fresh.ok) void keep(key, fresh.clone())
    return fresh
  } catch (error) {
    const kept = await caches.match(key, { cacheName: ANSWERS })
    // The page must be able to say that it is of before.
    if (kept) return new Response(kept.body, { status: kept.status, headers: [...kept.headers, ['x-kept', 'yes']] })
    throw error
  }
}

async function keep(key, fresh) {
  const cache = await caches.open(ANSWERS)
  await cache.put(key, fresh)
  for (const old of (await cache.keys()).slice(0, -MOST_ANSWERS)) await cache.delete(old)
}
