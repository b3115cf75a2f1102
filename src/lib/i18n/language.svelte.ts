/**
 * The current language: Vietnamese unless somebody chose English on this device. Reading a message
 * inside a template follows the choice at once.
 */
export const LANGUAGES = ['vi', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORED_AS = 'so-suc-khoe.language';
let current = $state<Language>('vi');

export const language = {
	get current(): Language {
		return current;
	},
	/** Switches, and remembers it on this device where the browser allows that. */
	choose(chosen: Language): void {
		current = chosen;
		document.documentElement.lang = chosen;
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
		const known = LANGUAGES.find((candidate) => candidate === stored);
		if (known !== undefined) language.choose(known);
	}
};

/**
 * The messages of one area in the current language. Every language must have every key of the
 * Vietnamese original: `export const t = localized({ vi, en });`
 */
export function localized<Messages extends object>(
	byLanguage: Record<Language, Messages>
): Messages {
	return new Proxy(byLanguage.vi, {
		get: (_vietnamese, key): unknown => Reflect.get(byLanguage[current], key)
	});
}
