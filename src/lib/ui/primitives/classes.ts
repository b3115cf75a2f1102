/** Joins class names; what is not set leaves nothing behind. */
export function classes(...names: (string | false | undefined | null)[]): string {
	return names.filter((name) => typeof name === 'string' && name !== '').join(' ');
}
