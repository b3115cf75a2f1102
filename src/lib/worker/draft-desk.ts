/**
 * What the person signed in has begun to write. While a form is being recorded nothing of it is written, and
 * once it is recorded or thrown away nothing comes after it until the form is opened again.
 */
import { emptyVisit, isVisitStarted } from '#lib/domain/book/visit-draft.ts';
import type { FormDrafts, FormName } from '#lib/domain/book/form-drafts.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { encodeVisitDraft, type StoredDraft } from '#lib/entry/draft-codec.ts';
import type { DraftKey } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import type { EndsDraft } from '#lib/use-cases/save-entry.ts';
import {
	keptVisit,
	listVisitDrafts,
	VISIT_FORM,
	type DraftLine,
	type DraftName,
	type FormLine,
	type KeptDraft,
	type KeptForm
} from '#lib/use-cases/drafts.ts';
import { inBackground } from './background.ts';
import { begun, createDraftWriter, orGoOn, type DraftWriter } from './draft-writer.ts';
import { createUnderWay } from './under-way.ts';
import { createFormDesk } from './form-desk.ts';
import { createJointDesk, type JointDesk, type JointView } from './joint-desk.ts';
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
	/** The letters of a form that is no visit, as they were left. What is typed is kept from now on. */
	openForm(name: DraftName): Promise<KeptForm>;
	/** What is typed now; nothing: the form is as it began. */
	keepForm(name: DraftName, typed: FormDrafts[FormName] | undefined): void;
	discardForm(name: DraftName): Promise<void>;
	listForms(): Promise<FormLine[]>;
	/** Runs the save that ends the draft of a form, which goes with what is recorded. */
	whileRecording<T extends { type: string }>(
		name: DraftName | undefined,
		save: (ends?: EndsDraft) => Promise<T>
	): Promise<T>;
	/** Runs the save that ends this draft. */
	whileSigning<T extends { type: string }>(book: BookId, save: () => Promise<T>): Promise<T>;
	/** Rooms can be told what they may not know. */
	deliver(): Promise<void>;
	/** Nobody is signed in any more; ends when what they typed is on the disk. */
	stop(): Promise<void>;
}

type DraftDeskDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'people' | 'clock' | 'randomBytes'> & {
	timer: Timer;
	noteDraft: (isKept: boolean) => void;
	live: Pick<LiveDesk, 'shareDraft'>;
};

export function createDraftDesk(deps: DraftDeskDeps): DraftDesk {
	const { storage, vault, clock } = deps;
	const writer = createDraftWriter(deps);
	const signings = createUnderWay();
	const forms = createFormDesk(deps, writer);
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
		...forms,
		open: async (book, join) => {
			const key = keyOf(book);
			if (key === undefined) return { type: 'none' };
			const kept = keptVisit(await begun(deps, writer, key));
			await joints.begin(book, kept.type === 'kept' ? kept : { typed: emptyVisit() }, join);
			return kept;
		},
		keep: (book, words) => {
			const key = keyOf(book);
			if (key === undefined) return;
			joints.write(book, words);
			const joint = joints.find(book);
			const bytes = () =>
				bytesOf(
					joint === undefined
						? { typed: words.typed }
						: { typed: joint.current().typed, joint: joint.state() }
				);
			writer.put({ key, bytes, changedMs: clock.nowMs() });
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
		whileSigning: (book, save) => {
			const key = keyOf(book);
			return key === undefined
				? save()
				: signings.add(() => sign(writer, () => joints.signer(book), key, save));
		},
		deliver: joints.deliver,
		stop: async () => {
			joints.stop();
			await Promise.all([writer.flush(), signings.ended()]);
		}
	};
}

/** What is being written ends with the entry that it becomes; colleagues in it are told. */
async function sign<Outcome extends { type: string }>(
	writer: DraftWriter,
	signer: () => ReturnType<JointDesk['signer']>,
	key: DraftKey,
	save: () => Promise<Outcome>
): Promise<Outcome> {
	await writer.flush();
	await writer.end(key);
	const tellSigned = signer();
	const outcome = await orGoOn(writer, key, save);
	if (outcome.type === 'saved') await tellSigned();
	return outcome;
}

/** A colleague wrote: this tablet keeps it too. A colleague signed: only what was not signed stays. */
function keepHeard(writer: DraftWriter, key: DraftKey, joint: JointVisit, changedMs: number): void {
	const { signature, hasMore, typed } = joint.current();
	const bytes = () => bytesOf({ typed: joint.current().typed, joint: joint.state() });
	if (signature === undefined) writer.put({ key, bytes, changedMs });
	else inBackground(writer.endWith(key, hasMore ? bytesOf({ typed }) : undefined));
}

function bytesOf(draft: StoredDraft): Uint8Array | undefined {
	return isVisitStarted(draft.typed) ? encodeVisitDraft(draft) : undefined;
}
