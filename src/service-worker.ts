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

/** Files of the build carry a hash of their content in their name; the others are told by the version. */
const shell: PrecacheEntry[] = [
	...build.map((url) => ({ url, revision: null })),
	...files.map((url) => ({ url, revision: version })),
	{ url: '/index.html', revision: version }
];

precacheAndRoute(shell);
cleanupOutdatedCaches();
clientsClaim();
registerRoute(
	new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: SERVER_PATHS })
);

self.addEventListener('message', (event) => {
	const message: unknown = event.data;
	const isGoAhead =
		typeof message === 'object' &&
		message !== null &&
		'type' in message &&
		message.type === 'SKIP_WAITING';
	if (isGoAhead) void self.skipWaiting();
});
