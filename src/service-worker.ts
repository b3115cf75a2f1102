/**
 * The offline shell: everything the app is made of, kept in the browser, so that it opens without a
 * network and never half old, half new. It caches no data and knows no business rule. A new version
 * waits until the page asks for it.
 */
import { clientsClaim } from 'workbox-core';
import {
	cleanupOutdatedCaches,
	createHandlerBoundToURL,
	precacheAndRoute,
	type PrecacheEntry
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { build, files, version } from '$service-worker';

declare const self: ServiceWorkerGlobalScope;

/** What the server answers itself; everything else that is a page is the app. */
const SERVER_PATHS = [/^\/api\//, /^\/live\//, /^\/oidc\//, /^\/fhir\//];

/** As many as a browser has connections to one server. */
const FETCHED_AT_ONCE = 6;

/** Files of the build carry a hash of their content in their name; the others are told by the version. */
const shell: PrecacheEntry[] = [
	...build.map((url) => ({ url, revision: null })),
	...files.map((url) => ({ url, revision: version })),
	{ url: '/index.html', revision: version }
];

self.addEventListener('install', (event) => event.waitUntil(fetchAhead([...build])));
precacheAndRoute(shell);
cleanupOutdatedCaches();
clientsClaim();
registerRoute(
	new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVER_PATHS })
);

/**
 * Workbox asks for one file after the other, so that on a line with a long way each waits for all before it.
 * Here several come at once into the browser's own cache, out of which Workbox then takes them. What fails
 * is nothing lost: Workbox asks for it itself.
 */
async function fetchAhead(urls: string[]): Promise<void> {
	const fetchNext = async (): Promise<void> => {
		for (let url = urls.shift(); url !== undefined; url = urls.shift()) {
			// An update fetches only what is new.
			if ((await caches.match(url)) !== undefined) continue;
			await fetch(url)
				.then((response) => response.arrayBuffer())
				.catch(() => undefined);
		}
	};
	await Promise.all(Array.from({ length: FETCHED_AT_ONCE }, fetchNext));
}

self.addEventListener('message', (event) => {
	const message: unknown = event.data;
	const isGoAhead =
		typeof message === 'object' &&
		message !== null &&
		'type' in message &&
		message.type === 'SKIP_WAITING';
	if (isGoAhead) void self.skipWaiting();
});
