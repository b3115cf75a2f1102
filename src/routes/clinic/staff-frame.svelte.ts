/** The frame of the pages of the staff, which is not part of what a new tablet loads before its first sign-in. */
import type StaffFrameComponent from './StaffFrame.svelte';

class StaffFrame {
	component = $state.raw<typeof StaffFrameComponent>();
	hasFailed = $state(false);
	#loading: Promise<void> | undefined;

	/** Asked twice, it is loaded once. Never fails: a frame that did not come is said on the page. */
	load(): Promise<void> {
		this.#loading ??= this.#load();
		return this.#loading;
	}

	async #load(): Promise<void> {
		this.hasFailed = false;
		try {
			this.component = (await import('./StaffFrame.svelte')).default;
		} catch {
			this.hasFailed = true;
			this.#loading = undefined;
		}
	}
}

export const staffFrame = new StaffFrame();
