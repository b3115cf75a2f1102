/** Whose pages this device shows first: asked once, remembered when somebody has signed in. */
export const AUDIENCES = ['citizen', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

const STORED_AS = 'so-suc-khoe.audience';

export function rememberedAudience(): Audience | undefined {
	try {
		const stored = localStorage.getItem(STORED_AS);
		return AUDIENCES.find((audience) => audience === stored);
	} catch {
		return undefined;
	}
}

export function rememberAudience(audience: Audience): void {
	try {
		localStorage.setItem(STORED_AS, audience);
	} catch {
		// Without local storage the question comes again.
	}
}

/** The next one who opens the app is asked. */
export function forgetAudience(): void {
	try {
		localStorage.removeItem(STORED_AS);
	} catch {
		// Nothing was remembered.
	}
}
