/** Colours of the screen: as the device says, or chosen here. `sun` is light with stronger greys. */
export const THEMES = ['system', 'light', 'dark', 'sun'] as const;
export type Theme = (typeof THEMES)[number];

const STORED_AS = 'so-suc-khoe.theme';
let current = $state<Theme>('system');

export const theme = {
	get current(): Theme {
		return current;
	},
	choose(chosen: Theme): void {
		current = chosen;
		document.documentElement.dataset['theme'] = chosen;
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
		const known = THEMES.find((candidate) => candidate === stored);
		if (known !== undefined) theme.choose(known);
	}
};
