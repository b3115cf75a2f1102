/** Size of all letters, for eyes that want more than the browser's own setting. */
export const TEXT_SIZES = ['100', '125', '150', '200'] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

const STORED_AS = 'so-suc-khoe.text-size';
let current = $state<TextSize>('100');

export const textSize = {
	get current(): TextSize {
		return current;
	},
	choose(chosen: TextSize): void {
		current = chosen;
		document.documentElement.dataset['textSize'] = chosen;
		try {
			localStorage.setItem(STORED_AS, chosen);
		} catch {
			// Without local storage the choice lasts until the page is closed.
		}
	},
	/** Takes up what was chosen on this device before. */
	restore(): void {
		let stored: string | null = null;
		try {
			stored = localStorage.getItem(STORED_AS);
		} catch {
			return;
		}
		const known = TEXT_SIZES.find((candidate) => candidate === stored);
		if (known !== undefined) textSize.choose(known);
	},
	/** Staff pages have their own measure: the size is the citizen's. */
	leave(): void {
		delete document.documentElement.dataset['textSize'];
	}
};
