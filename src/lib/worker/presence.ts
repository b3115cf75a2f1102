import { presenceSchema, type Presence } from '#lib/protocol/live.ts';

/** One line for each person, however many windows they have open. */
export function presentIn(states: Iterable<Record<string, unknown>>): Presence[] {
	const people = new Map<string, Presence>();
	for (const { user } of states) {
		const parsed = presenceSchema.safeParse(user);
		if (parsed.success) people.set(parsed.data.person, parsed.data);
	}
	return [...people.values()];
}
