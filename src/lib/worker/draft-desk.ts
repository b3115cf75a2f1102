/**
 * Writes what is being typed, half a second after it was: the last words of each form, by whom it was then,
 * also when the device is locked meanwhile. While a visit is being signed nothing of it is written, and once
 * it is signed or thrown away nothing comes after it until the form is opened again.
 */
import { emptyVisit, isVisitStarted } from '#lib/domain/book/visit-draft.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { encodeVisitDraft, type StoredDraft } from '#lib/entry/draft-codec.ts';
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
import { createJointDesk, type JointView } from './joint-desk.ts';
import type { FormWords, JointVisit } from './joint-visit.ts';
import type { LiveDesk } from './live-desk.ts';

export interface DraftDesk {
	/** What the person signed in had begun; from now on what they type is kept. `join`: the draft of a
	 * colleague, to which it is added. */
	open(book: BookId, join?: string): Promise<KeptDraft>;
	/** What is typed now. */
	keep(book: BookId, words: FormWords): void;
	/** What colleagues write in the form that is open; answer ends it. */
	watch(book: BookId, listener: (view: JointView) => void): () => void;
	/** `form` of its line; a visit that is open where it is not given. */
	discard(book: BookId, form?: string): Promise<void>;
	list(): Promise<DraftLine[]>;
	/** Ends when everything typed so far is on the disk. */
	flush(): Promise<void>;
	/** Runs the save that ends this draft. */
	whileSigning<T extends { type: string }>(book: BookId, save: () => Promise<T>): Promise<T>;
	/** Rooms can be told what they may not know. */
	deliver(): Promise<void>;
	/** Nobody is signed in any more; ends when what they typed is on the disk. */
	stop(): Promise<void>;
}

const WRITE_AFTER_MS = 500;

type DraftDeskDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'people' | 'clock' | 'randomBytes'> & {
	timer: Timer;
	live: Pick<LiveDesk, 'shareDraft'>;
};

export function createDraftDesk(deps: DraftDeskDeps): DraftDesk {
	const { storage, vault, clock } = deps;
	const writer = createDraftWriter(deps);
	const joints = createJointDesk({
		...deps,
		onHeard: (book) => {
			const [key, joint] = [keyOf(book), joints.find(book)];
			if (key !== undefined && joint !== undefined) keepHeard(writer, key, joint, clock.nowMs());
		}
	});

	function keyOf(book: BookId): DraftKey | undefined {
		const person = vault.session()?.staff.person;
		return person && { person, book, form: VISIT_FORM };
	}

	return {
		open: async (book, join) => {
			const key = keyOf(book);
			if (key === undefined) return { type: 'none' };
			const kept = await begun(deps, writer, key);
			await joints.begin(book, kept.type === 'kept' ? kept : { typed: emptyVisit() }, join);
			return kept;
		},
		keep: (book, words) => {
			const key = keyOf(book);
			if (key === undefined) return;
			joints.write(book, words);
			const joint = joints.find(book);
			const draft = (): StoredDraft =>
				joint === undefined
					? { typed: words.typed }
					: { typed: joint.current().typed, joint: joint.state() };
			writer.put({ key, draft, changedMs: clock.nowMs() });
		},
		watch: joints.watch,
		discard: async (book, form = VISIT_FORM) => {
			const own = keyOf(book);
			if (own === undefined) return;
			const key = { ...own, form };
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
			const tellSigned = joints.signer(book);
			const outcome = await save();
			if (outcome.type === 'saved') await tellSigned();
			else writer.goOn(key);
			return outcome;
		},
		deliver: joints.deliver,
		stop: () => {
			joints.stop();
			return writer.flush();
		}
	};
}

type Writer = ReturnType<typeof createDraftWriter>;

/** A colleague wrote: this tablet keeps it too. A colleague signed: only what was not signed stays. */
function keepHeard(writer: Writer, key: DraftKey, joint: JointVisit, changedMs: number): void {
	const { signature, hasMore, typed } = joint.current();
	const draft = (): StoredDraft => ({ typed: joint.current().typed, joint: joint.state() });
	if (signature === undefined) writer.put({ key, draft, changedMs });
	else inBackground(writer.endWith(key, hasMore ? { typed } : { typed: emptyVisit() }));
}

/** What the form begins with: also what could not be written yet. */
async function begun(deps: DraftDeskDeps, writer: Writer, key: DraftKey): Promise<KeptDraft> {
	writer.begin(key);
	await writer.flush();
	const unwritten = writer.unwritten(key);
	return unwritten === undefined
		? readVisitDraft(deps, key.book)
		: { type: 'kept', ...unwritten.draft(), changedMs: unwritten.changedMs };
}

interface Waiting {
	key: DraftKey;
	/** Asked when it is written. */
	draft: () => StoredDraft;
	changedMs: number;
}

function createDraftWriter({ storage, timer, clock }: DraftDeskDeps) {
	const waiting = new Map<string, Waiting>();
	/** Signed, being signed or thrown away. */
	const ended = new Set<string>();
	let cancel: (() => void) | undefined;
	let writing: Promise<void> = Promise.resolve();

	/** An empty form is no draft. */
	async function write({ key, draft, changedMs }: Waiting): Promise<void> {
		const stored = draft();
		if (isVisitStarted(stored.typed))
			await storage.writeDraft({ ...key, bytes: encodeVisitDraft(stored), changedMs });
		else await storage.removeDraft(key);
	}

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
		endWith: async (key: DraftKey, draft: StoredDraft): Promise<void> => {
			if (ended.has(nameOf(key))) return;
			ended.add(nameOf(key));
			const next = writing.then(() => write({ key, draft: () => draft, changedMs: clock.nowMs() }));
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

function nameOf({ person, book, form }: DraftKey): string {
	return `${person} ${book} ${form}`;
}
