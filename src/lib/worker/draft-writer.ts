/**
 * Writes what is being typed, half a second after it was: the last words of each form, by whom it was then,
 * also when the device is locked meanwhile. Once a form has ended nothing of it is written until it is opened
 * again.
 */
import { StorageFailed, type DraftKey, type DraftRow } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { inBackground } from './background.ts';

const WRITE_AFTER_MS = 500;

interface Waiting {
	key: DraftKey;
	/** Asked when it is written; nothing: an empty form, which is no draft. */
	bytes: () => Uint8Array | undefined;
	changedMs: number;
}

interface Storing {
	storage: UseCaseDeps['storage'];
	/** Whether the last words could be written. */
	noteDraft: (isKept: boolean) => void;
}

export type DraftWriter = ReturnType<typeof createDraftWriter>;

export function createDraftWriter({
	storage,
	timer,
	clock,
	noteDraft
}: Storing & Pick<UseCaseDeps, 'clock'> & { timer: Timer }) {
	const waiting = new Map<string, Waiting>();
	/** Signed, being signed or thrown away. */
	const ended = new Set<string>();
	let cancel: (() => void) | undefined;
	let writing: Promise<void> = Promise.resolve();

	const write = (one: Waiting): Promise<void> => store({ storage, noteDraft }, one);

	/** One after the other. What could not be written waits for the next word or the next lock. */
	function writeAll(): Promise<void> {
		cancel?.();
		cancel = undefined;
		const next = writing.then(async () => {
			for (const [name, one] of waiting) {
				if (ended.has(name)) continue;
				await write(one);
				if (waiting.get(name) === one) waiting.delete(name);
			}
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
		/** These are its last words. */
		endWith: async (key: DraftKey, bytes: Uint8Array | undefined): Promise<void> => {
			if (ended.has(nameOf(key))) return;
			ended.add(nameOf(key));
			const next = writing.then(() => write({ key, bytes: () => bytes, changedMs: clock.nowMs() }));
			writing = next.catch(() => undefined);
			await next;
		},
		/** It has not ended after all. */
		goOn: (key: DraftKey): void => {
			ended.delete(nameOf(key));
			inBackground(writeAll());
		}
	};
}

async function store(
	{ storage, noteDraft }: Storing,
	{ key, bytes, changedMs }: Waiting
): Promise<void> {
	const stored = bytes();
	try {
		if (stored === undefined) await storage.removeDraft(key);
		else await storage.writeDraft({ ...key, bytes: stored, changedMs });
		noteDraft(true);
	} catch (error) {
		// After a lock there is nobody to whom it could be said, and it was written before.
		if (!(error instanceof StorageFailed && error.code === 'locked')) noteDraft(false);
		throw error;
	}
}

/** A save that ends a draft. Whatever keeps it from being saved, what is typed goes on being kept. */
export async function orGoOn<T extends { type: string }>(
	writer: DraftWriter,
	key: DraftKey,
	save: () => Promise<T>
): Promise<T> {
	let isSaved = false;
	try {
		const outcome = await save();
		isSaved = outcome.type === 'saved';
		return outcome;
	} finally {
		if (!isSaved) writer.goOn(key);
	}
}

/** What a form begins with: also what could not be written yet. */
export async function begun(
	{ storage }: Pick<UseCaseDeps, 'storage'>,
	writer: DraftWriter,
	key: DraftKey
): Promise<Pick<DraftRow, 'bytes' | 'changedMs'> | undefined> {
	writer.begin(key);
	await writer.flush();
	const unwritten = writer.unwritten(key);
	if (unwritten === undefined) return storage.readDraft(key);
	const bytes = unwritten.bytes();
	return bytes && { bytes, changedMs: unwritten.changedMs };
}

function nameOf({ person, book, form }: DraftKey): string {
	return `${person} ${book} ${form}`;
}
