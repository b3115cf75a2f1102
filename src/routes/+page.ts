import { redirect } from '@sveltejs/kit';

/** The commune station is the only audience so far. */
export function load(): never {
	redirect(307, '/clinic');
}
