/**
 * The visits that are open on this tablet as documents that colleagues may join: in their room whenever there
 * is a session, and told to the form. What this person signed is told to the room until the room knows it,
 * also by a later start of the app.
 */
import type { DraftSignature } from '#lib/crdt/joint-draft.ts';
import type { VisitDraft } from '#lib/domain/book/visit-draft.ts';
import { bytesToId, type BookId } from '#lib/domain/ids.ts';
import { decodeVisitDraft, encodeVisitDraft, type StoredDraft } from '#lib/entry/draft-codec.ts';
import { DRAFT_MS_MAX, type Presence } from '#lib/protocol/live.ts';
import type { DraftKey, DraftRow } from '#lib/storage/port.ts';
import type { Timer } from '#lib/sync/timer.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import { BOTH_SIGNED_FORM, SIGNED_FORM } from '#lib/use-cases/drafts.ts';
import { inBackground } from './background.ts';
import type { FormWords, JointVisit, SharedVisit } from './joint-visit.ts';
import type { LiveDesk } from './live-desk.ts';

/** A form as it is to be shown, with who else writes in it. */
export interface JointView extends SharedVisit {
	id: string;
	others: Presence[];
}

export interface JointDesk {
	/** The document behind a form. `join`: that of a colleague, to which own words are added. */
	begin(book: BookId, begun: StoredDraft, join?: string): Promise<void>;
	find(book: BookId): JointVisit | undefined;
	write(book: BookId, words: FormWords): void;
	/** Listener is called at each change; answer ends it and leaves the room. */
	watch: (book: BookId, listener: (view: JointView) => void) => () => void;
	/** Asked before the visit is saved; what it answers tells colleagues that it is, also when the device was
	 * locked meanwhile. */
	signer(book: BookId): () => Promise<void>;
	/** Tells rooms what they may not know yet. */
	deliver: () => Promise<void>;
	/** Nobody is signed in any more. */
	stop(): void;
}

/** Updates that colleagues get, at most so often: a draft takes 2,000 of them. */
const SHARE_AFTER_MS = 1_000;
/** Time for an update to arrive before the room is asked whether it has. */
const ARRIVAL_MS = 3_000;
const ID_BYTES = 16;

export type JointDeskDeps = Pick<UseCaseDeps, 'storage' | 'vault' | 'clock' | 'randomBytes'> & {
	timer: Timer;
	live: Pick<LiveDesk, 'shareDraft'>;
	/** Something came from colleagues that this tablet keeps. */
	onHeard: (book: BookId) => void;
};

interface Opened {
	joint: JointVisit;
	others: Presence[];
	listener: (view: JointView) => void;
	leave: () => void;
	cancelShare?: (() => void) | undefined;
}

export function createJointDesk(deps: JointDeskDeps): JointDesk {
	const opened = new Map<BookId, Opened>();
	const deliveries = createDeliveries(deps);

	function close(book: BookId): void {
		const one = opened.get(book);
		opened.delete(book);
		one?.cancelShare?.();
		one?.joint.share();
		one?.leave();
	}

	return {
		begin: async (book, begun, join) => {
			close(book);
			const joint = await jointOf(begun, join, deps);
			const one: Opened = {
				joint,
				others: [],
				listener: () => undefined,
				leave: () => undefined
			};
			joint.onChange(() => {
				tell(one);
				deps.onHeard(book);
			});
			opened.set(book, one);
		},
		find: (book) => opened.get(book)?.joint,
		write: (book, words) => {
			const one = opened.get(book);
			if (one === undefined) return;
			one.joint.write(words);
			shareSoon(one, deps.timer);
		},
		watch: (book, listener) => {
			const one = opened.get(book);
			if (one === undefined) return () => undefined;
			one.listener = listener;
			one.leave = enter(deps, book, one);
			tell(one);
			return () => {
				if (opened.get(book) === one) close(book);
			};
		},
		signer: (book) => {
			const joint = opened.get(book)?.joint;
			const staff = deps.vault.session()?.staff;
			return async () => {
				// Otherwise nobody else has ever had it.
				if (joint?.state().isShared !== true || staff === undefined) return;
				const { person, name } = staff;
				joint.sign({ person, name, atMs: deps.clock.nowMs() });
				await deliveries.add({ person, book, form: SIGNED_FORM + joint.id }, joint);
			};
		},
		deliver: () => deliveries.run(),
		stop: () => {
			for (const book of opened.keys()) close(book);
			deliveries.stop();
		}
	};
}

function tell({ joint, others, listener }: Opened): void {
	listener({ ...joint.current(), id: joint.id, others });
}

function shareSoon(one: Opened, timer: Timer): void {
	one.cancelShare ??= timer.after(SHARE_AFTER_MS, () => {
		one.cancelShare = undefined;
		one.joint.share();
	});
}

/** Answers how to leave the room. */
function enter({ live, onHeard }: JointDeskDeps, book: BookId, one: Opened): () => void {
	const { id, shared: document } = one.joint;
	const present = (others: Presence[]): void => {
		one.others = others;
		tell(one);
	};
	const inStep = (): void => {
		one.joint.noteShared();
		tell(one);
		onHeard(book);
	};
	return live.shareDraft({ book, id, document }, { present, inStep });
}

/** Yjs is loaded with the first form, not with the app. */
async function jointOf(
	begun: StoredDraft,
	join: string | undefined,
	{ randomBytes }: Pick<JointDeskDeps, 'randomBytes'>
): Promise<JointVisit> {
	const { createJointVisit } = await import('./joint-visit.ts');
	const isOwn = join === undefined || join === begun.joint?.id;
	const id = join ?? begun.joint?.id ?? bytesToId<string>(randomBytes(ID_BYTES));
	return isOwn
		? createJointVisit({ ...begun.joint, id }, begun.typed)
		: createJointVisit({ id }, asAddition(begun.typed));
}

/** Own words that join those of a colleague stand in a line of their own. */
function asAddition(typed: VisitDraft): VisitDraft {
	const line = (text: string): string => (text.trim() === '' ? '' : `${text.trimEnd()}\n`);
	return {
		...typed,
		reason: line(typed.reason),
		findings: line(typed.findings),
		treatment: line(typed.treatment),
		advice: line(typed.advice)
	};
}

/** What was signed here and the rooms may not know yet: told, then asked again whether it has arrived. */
function createDeliveries({ storage, vault, clock, timer, live }: JointDeskDeps) {
	const underWay = new Map<string, () => void>();

	async function tellRoom(row: DraftRow): Promise<void> {
		const { signatureOf } = await import('#lib/crdt/joint-draft.ts');
		const { Doc, applyUpdate } = await import('yjs');
		// Only their own session may say that somebody signed.
		if (vault.session()?.staff.person !== row.person) return;
		const joint = decodeVisitDraft(row.bytes)?.joint;
		const isOld = clock.nowMs() - row.changedMs > DRAFT_MS_MAX;
		if (joint?.state === undefined || isOld || row.book === '') return storage.removeDraft(row);
		const { id, state } = joint;
		const document = new Doc();
		underWay.get(id)?.();
		const leave = live.shareDraft(
			{ book: row.book, id, document },
			{
				present: () => undefined,
				inStep: () => {
					const signature = signatureOf(document);
					if (signature !== undefined) return inBackground(known(row, signature));
					applyUpdate(document, state);
					timer.after(ARRIVAL_MS, () => {
						if (underWay.get(id) === leave) inBackground(tellRoom(row));
					});
				}
			}
		);
		underWay.set(id, leave);
	}

	/** The room knows who signed. A colleague was first: both are in the book, and somebody has to look. */
	async function known(row: DraftRow, { person, name }: DraftSignature): Promise<void> {
		const stored = decodeVisitDraft(row.bytes);
		const id = stored?.joint?.id ?? '';
		underWay.get(id)?.();
		underWay.delete(id);
		if (stored !== undefined && person !== row.person) {
			const bytes = encodeVisitDraft({ typed: stored.typed, alsoSignedBy: name });
			await storage.writeDraft({ ...row, form: BOTH_SIGNED_FORM + id, bytes });
		}
		await storage.removeDraft(row);
	}

	return {
		add: async (key: DraftKey, joint: JointVisit): Promise<void> => {
			const { typed } = joint.current();
			const row = {
				...key,
				bytes: encodeVisitDraft({ typed, joint: joint.state() }),
				changedMs: clock.nowMs()
			};
			await storage.writeDraft(row);
			inBackground(tellRoom(row));
		},
		stop: (): void => {
			for (const leave of underWay.values()) leave();
			underWay.clear();
		},
		run: async (): Promise<void> => {
			const person = vault.session()?.staff.person;
			if (person === undefined) return;
			for (const row of await storage.listDrafts(person))
				if (row.form.startsWith(SIGNED_FORM)) await tellRoom(row);
		}
	};
}
