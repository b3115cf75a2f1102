/** The bytes are not canonical. `code` says why, in a word that may be logged. */
export class NotCanonical extends Error {
	readonly code: string;
	constructor(code: string) {
		super(`not canonical: ${code}`);
		this.code = code;
	}
}
