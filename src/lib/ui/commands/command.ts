/** What the window of commands (Ctrl K) offers, and which of it somebody means by a few letters. */
import { foldWords } from '#lib/domain/text/fold.ts';
import { queryForms } from '#lib/domain/text/typing.ts';
import type { Icon } from '../primitives/icon.ts';

export interface Command {
	/** Unique among all that are offered together. */
	key: string;
	label: string;
	icon: Icon;
	/** The keys that do the same without this window. */
	shortcut?: string | undefined;
	run: () => unknown;
}

export interface CommandGroup {
	label: string;
	commands: Command[];
}

/**
 * Those of which every typed word begins a word of the name, or of the group; without diacritics, and also
 * typed as raw Telex or VNI. Those named first by what was typed stand first, else the order stays.
 */
export function findCommands(groups: readonly CommandGroup[], typed: string): Command[] {
	const query = queryForms(typed);
	const [firstForms = []] = query;
	return groups
		.flatMap(({ label, commands }) =>
			commands.map((command) => ({
				command,
				words: foldWords(command.label),
				of: foldWords(label)
			}))
		)
		.filter(({ words, of }) => query.every((forms) => begins([...words, ...of], forms)))
		.map(({ command, words }) => ({ command, rank: rankOf(words, query, firstForms) }))
		.toSorted((left, right) => left.rank - right.rank)
		.map(({ command }) => command);
}

function begins(words: readonly string[], forms: readonly string[]): boolean {
	return words.some((word) => forms.some((form) => word.startsWith(form)));
}

function rankOf(
	words: readonly string[],
	query: readonly string[][],
	firstForms: readonly string[]
): number {
	if (begins(words.slice(0, 1), firstForms)) return 0;
	return query.every((forms) => begins(words, forms)) ? 1 : 2;
}
