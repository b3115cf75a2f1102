/**
 * What the page does when its device was wiped: the worker has erased the books; here goes what the browser keeps
 * beside them. That it was wiped is remembered until the device is somebody's again, so that whoever opens the app
 * next is told.
 */
const WIPED = 'so-suc-khoe.wiped';

export function wasWiped(): boolean {
	try {
		return localStorage.getItem(WIPED) !== null;
	} catch {
		return false;
	}
}

export function forgetWiped(): void {
	try {
		localStorage.removeItem(WIPED);
	} catch {
		// Without local storage nothing was remembered.
	}
}

/** Choices and codes on this browser, what the app loads from, and other databases of ours. */
export async function clearBrowser(): Promise<void> {
	try {
		localStorage.clear();
		localStorage.setItem(WIPED, 'yes');
		sessionStorage.clear();
	} catch {
		// There was nothing in it then.
	}
	const databases = await indexedDB.databases();
	for (const { name } of databases) if (name !== undefined) indexedDB.deleteDatabase(name);
	for (const name of await caches.keys()) await caches.delete(name);
	const workers = (await navigator.serviceWorker?.getRegistrations()) ?? [];
	for (const worker of workers) await worker.unregister();
}
