/** Forms on the screen: does one hold something that is not recorded? What is typed is kept by the worker. */
import { SvelteSet } from 'svelte/reactivity';

const onScreen = new SvelteSet<() => boolean>();

/** Answers what to call when the form leaves the screen. */
export function noteForm(isStarted: () => boolean): () => void {
	onScreen.add(isStarted);
	return () => onScreen.delete(isStarted);
}

/** A new version of the app must not come in now. */
export function isAnythingTyped(): boolean {
	return [...onScreen].some((isStarted) => isStarted());
}
