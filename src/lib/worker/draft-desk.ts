/**
 * Writes what is being typed, half a second after it was: the last words of each form, by whom it was then,
 * also when the device is locked meanwhile. While a visit is being signed nothing of it is written, and once
 * it is signed or thrown away nothing comes after it until the form is opened again.
 */
import { isVisitStarted, type VisitDraft } from '#lib/domain/book/visit-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { encodeVisitDraft } from '#lib/entry/draft-codec.ts';
import { StorageFailed, type DraftKey } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import {
	listVisitDrafts,
	readVisitDraft,
	VISIT_FORM,
	type DraftLine,
	type KeptDraft
} from '#lib/use-cases/drafts.ts';
import { inBackground } from './background.ts';

export interface DraftDesk {
	/** What the person signed in had begun; from now on what they type is kept. */
	open(book: BookId): Promise<KeptDraft>;
	/** What is typed now. */
	keep(book: BookId, typed: VisitDraft): void;
	discard(book: BookId): Promise<void>;
	list(): Promise<DraftLine[]>;
	/** Ends when everything typed so far is on the disk. */
	flush(): Promise<void>;
	/** Runs the save that ends this draft. */
	whileSigning<T extends { type: string }>(book: BookId, save: () => Promise<T>): Promise<T>;
}

const WRITE_AFTER_MS = 500;

interface Waiting {
	key: DraftKey;
	typed: VisitDraft;
	changedMs: number;
}

type DraftDeskDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'people' | 'clock'> & { timer: Timer };

export function createDraftDesk(deps: DraftDeskDeps): DraftDesk {
	const { storage, vault, clock } = deps;
	const writer = createDraftWriter(deps);

	function keyOf(book: BookId): DraftKey | undefined {
		const person = vault.session()?.staff.person;
		return person && { person, book, form: VISIT_FORM };
	}

	return {
		open: async (book) => {
			const key = keyOf(book);
			if (key === undefined) return { type: 'none' };
			writer.begin(key);
			await writer.flush();
			const unwritten = writer.unwritten(key);
			return unwritten === undefined
				? readVisitDraft(deps, book)
				: { type: 'kept', typed: unwritten.typed, changedMs: unwritten.changedMs };
		},
		keep: (book, typed) => {
			const key = keyOf(book);
			if (key !== undefined) writer.put({ key, typed, changedMs: clock.nowMs() });
		},
		discard: async (book) => {
			const key = keyOf(book);
			if (key === undefined) return;
			await writer.end(key);
			await storage.removeDraft(key);
		},
		list: async () => {
			await writer.flush();
			return listVisitDrafts(deps);
		},
		flush: writer.flush,
		whileSigning: async (book, save) => {
			const key = keyOf(book);
			if (key === undefined) return save();
			await writer.flush();
			await writer.end(key);
			const outcome = await save();
			if (outcome.type !== 'saved') writer.goOn(key);
			return outcome;
		}
	};
}

function createDraftWriter({ storage, timer }: Pick<DraftDeskDeps, 'storage' | 'timer'>) {
	const waiting = new Map<string, Waiting>();
	/** Signed, being signed or thrown away. */
	const ended = new Set<string>();
	let cancel: (() => void) | undefined;
	let writing: Promise<void> = Promise.resolve();

	async function write(name: string, { key, typed, changedMs }: Waiting): Promise<void> {
		if (isVisitStarted(typed))
			await storage.writeDraft({ ...key, bytes: encodeVisitDraft(typed), changedMs });
		else await storage.removeDraft(key);
		if (waiting.get(name)?.typed === typed) waiting.delete(name);
	}

	/** One after the other. What could not be written waits for the next word or the next lock. */
	function writeAll(): Promise<void> {
		cancel?.();
		cancel = undefined;
		const next = writing.then(async () => {
			for (const [name, one] of waiting) if (!ended.has(name)) await write(name, one);
		});
		writing = next.catch(() => undefined);
		return next;
	}

	return {
		put: (one: Waiting): void => {
			waiting.set(nameOf(one.key), one);
			cancel ??= timer.after(WRITE_AFTER_MS, () => inBackground(writeAll()));
		},
		unwritten: (key: DraftKey) => waiting.get(nameOf(key)),
		/** A device that cannot write now keeps nobody from reading, signing or locking. */
		flush: async (): Promise<void> => {
			await writeAll().catch((error: unknown) => {
				if (!(error instanceof StorageFailed)) throw error;
			});
		},
		/** The form is opened: what came after the end of an earlier draft is none of this one. */
		begin: (key: DraftKey): void => {
			if (ended.delete(nameOf(key))) waiting.delete(nameOf(key));
		},
		/** Nothing of it is written any more. */
		end: (key: DraftKey): Promise<void> => {
			ended.add(nameOf(key));
			return writing;
		},
		/** It has not ended after all. */
		goOn: (key: DraftKey): void => {
			ended.delete(nameOf(key));
			inBackground(writeAll());
		}
	};
}

function nameOf({ person, book, form }: DraftKey): string {
	return `${person} ${book} ${form}`;
}
