/**
 * What can be done on the screen as it stands: each page offers what its own buttons do, so that the window of
 * commands (Ctrl K) never offers what does not work here or for whoever is signed in.
 */
import { untrack } from 'svelte';
import type { Command } from '#lib/ui/commands/command.ts';

/** The page, the book it is about, or a window over it: then nothing under it can be done. */
export type CommandPlace = 'page' | 'book' | 'window';

interface Offer {
	place: CommandPlace;
	commands: () => Command[];
}

class Commands {
	isOpen = $state(false);
	#offers = $state.raw<readonly Offer[]>([]);

	at(place: CommandPlace): Command[] {
		return this.#offers.filter((one) => one.place === place).flatMap(({ commands }) => commands());
	}

	/** Answers what to call when it is offered no more. */
	add(offer: Offer): () => void {
		this.#offers = [...this.#offers, offer];
		return () => (this.#offers = this.#offers.filter((one) => one !== offer));
	}
}

export const commands = new Commands();

/** For the script of a component: offered while it is on the screen, as things stand when the window opens. */
export function offerCommands(place: CommandPlace, offered: () => Command[]): void {
	$effect(() => untrack(() => commands.add({ place, commands: offered })));
}
