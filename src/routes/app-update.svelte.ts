/**
 * The service worker: registered once, looked after for new versions. A new version waits until somebody
 * asks for it, or until the screen is locked while nothing is half written; it never interrupts typing.
 */
import { dev } from '$app/environment';
import { Workbox } from 'workbox-window';
import { isAnythingTyped } from './forms-on-screen.svelte.ts';

const LOOK_FOR_UPDATE_EVERY_MS = 30 * 60 * 1000;

class AppUpdate {
	/** A new version waits. */
	isReady = $state(false);
	#workbox: Workbox | undefined;

	/** Registers the service worker where there is one: not in development, not on insecure addresses. */
	watch(): () => void {
		if (dev || !('serviceWorker' in navigator)) return () => undefined;
		const workbox = new Workbox('/service-worker.js', { type: 'classic', updateViaCache: 'none' });
		this.#workbox = workbox;
		workbox.addEventListener('waiting', () => (this.isReady = true));
		// The first takeover of a page that came without a service worker changes nothing.
		let isControlled = navigator.serviceWorker.controller !== null;
		workbox.addEventListener('controlling', () => {
			if (isControlled && !isAnythingTyped()) location.reload();
			isControlled = true;
		});
		// Without network the registration fails; the version at hand goes on working.
		const look = () => void workbox.update().catch(() => undefined);
		void workbox.register().catch(() => undefined);
		const timer = setInterval(look, LOOK_FOR_UPDATE_EVERY_MS);
		window.addEventListener('focus', look);
		return () => {
			clearInterval(timer);
			window.removeEventListener('focus', look);
		};
	}

	/** Changes to the waiting version; the page then loads anew. Does nothing while somebody is writing. */
	apply(): void {
		if (this.isReady && !isAnythingTyped()) this.#workbox?.messageSkipWaiting();
	}
}

export const appUpdate = new AppUpdate();
