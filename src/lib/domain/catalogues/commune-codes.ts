/** Under which codes the people of one commune may be recorded: communes merged, books keep the words of their time. */
import type { Edition } from './edition.ts';

/** The code itself and those that the commune took over. One that another commune bears today means that one. */
export function communeCodesOf(
	code: string,
	edition: Edition<'communes'> | undefined
): ReadonlySet<string> {
	const former = edition?.entries.find((commune) => commune.code === code)?.former ?? [];
	const inForce = new Set(edition?.entries.map((commune) => commune.code));
	return new Set([code, ...former.filter((one) => !inForce.has(one))]);
}
