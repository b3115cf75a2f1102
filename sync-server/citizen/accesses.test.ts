import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Citizen } from '#lib/domain/access/family.ts';
import { bytesToId, type BookId, type KeyId, type PersonId } from '#lib/domain/ids.ts';
import { lookupOfGuardianNumber, lookupsOfQuestion } from '#lib/domain/people/lookups.ts';
import type { ClinicalTime, PartialDate } from '#lib/domain/time/clinical-time.ts';
import { buildEntry, type EntryDraft } from '#lib/entry/entry.ts';
import { isBeginningOf } from '#lib/entry/merkle.ts';
import { decodeAccess } from '#lib/protocol/access-log.ts';
import { base64urlToBytes } from '#lib/protocol/certificate.ts';
import { accessesSchema, type Accesses, type AccessesRequest } from '#lib/protocol/citizen.ts';
import { createMemoryDisk, openMemoryStorage } from '../storage/memory.ts';
import { readRoot } from '../storage/proofs.ts';
import type { AuditRow, ServerStorage } from '../storage/storage.ts';
import { createDamage } from '../sync/damage.ts';
import { answerAccesses } from './accesses.ts';

const NOW_MS = Date.UTC(2026, 10, 24, 2);
const NUMBER = '014188990003';
const idOf = <Id extends string>(n: number): Id => bytesToId<Id>(new Uint8Array(16).fill(n));
const OWN = idOf<BookId>(1);
const CHILD = idOf<BookId>(2);
const STRANGER = idOf<BookId>(3);
const NURSE = idOf<PersonId>(7);
const MOTHER: Citizen = {
	personalNumber: NUMBER,
	name: 'Lường Thị Vui',
	birthDate: '1988-06-24' as PartialDate
};
const SELF = idOf<PersonId>(9);
const STATION = '14SB1';

let storage: ServerStorage;
let counter = 0;

async function write(
	draft: Pick<EntryDraft, 'book' | 'kind' | 'body'> & Partial<EntryDraft>,
	lookups: string[] = []
): Promise<void> {
	const { id, bytes } = buildEntry({
		class: 'fact',
		occurred: '2026-11-24' as ClinicalTime,
		recorded: { ms: NOW_MS, counter: counter++ },
		author: { person: NURSE, role: 'nurse', facility: STATION, key: idOf<KeyId>(8) },
		...draft
	});
	const entry = { book: draft.book, id, bytes, signature: new Uint8Array(64), lookups, flags: [] };
	await storage.append({ entries: [entry], audit: { at: NOW_MS }, lane: 'small' });
}

beforeEach(async () => {
	storage = openMemoryStorage(createMemoryDisk(new Uint8Array([1, 2, 3, 4, 5, 6])));
	const value = { value: NUMBER, source: 'card' as const };
	const facts = { 'identifier.personal': value };
	const question = lookupsOfQuestion({ identifier: NUMBER });
	await write({ book: OWN, kind: 'facts', body: facts }, question);
	const link = { name: MOTHER.name, relation: 'mother' as const, personalNumber: NUMBER };
	await write({ book: CHILD, kind: 'guardianLink', class: 'event', body: link }, [
		lookupOfGuardianNumber(NUMBER)
	]);
	await storage.putFacility(
		{
			code: STATION,
			name: 'Trạm Y tế Suối Bạc',
			kind: 'commune-station',
			commune: '1',
			shortCode: 'S'
		},
		[]
	);
	await storage.putAccount({
		person: NURSE,
		login: 'n',
		name: 'Hoàng Thị Thắm',
		role: 'nurse',
		facility: STATION,
		passwordHash: ''
	});
});

const born = (day: string): Promise<void> =>
	write({ book: CHILD, kind: 'facts', body: { birthDate: day as ClinicalTime } });

async function fold() {
	const result = await storage.foldAudit({ rowsMax: 10_000, seed: randomBytes(32) });
	const size = result.type === 'folded' ? result.size : 0;
	const epochs = [{ epoch: '010203040506', rows: 0 }];
	return { size, epochs, atMs: NOW_MS, root: await readRoot(storage, size), text: `size ${size}` };
}

async function ask(request: AccessesRequest): Promise<Accesses | undefined> {
	const checkpoints = { make: fold, keys: [new Uint8Array(65)] };
	const deps = { storage, damage: createDamage(), checkpoints };
	const answer = await answerAccesses(deps, { person: SELF, citizen: MOTHER }, request, NOW_MS);
	return answer && accessesSchema.parse(answer);
}

async function told(book: BookId): Promise<string[]> {
	const answer = (await ask({ book })) ?? expect.unreachable();
	return answer.accesses.map(({ bytes }) => {
		const access = decodeAccess(base64urlToBytes(bytes) ?? new Uint8Array());
		return `${access?.action} ${access?.detail}`;
	});
}

const opening = (n: number, book = OWN): AuditRow => ({
	at: NOW_MS + n,
	action: 'open',
	person: NURSE,
	role: 'nurse',
	facility: STATION,
	book,
	detail: `reason=${n}`
});

describe('who opened a book', () => {
	it('is told to whoever may read all of it, with the names of who it was', async () => {
		await storage.audit(opening(1));
		await storage.audit(opening(2, STRANGER));
		const answer = (await ask({ book: OWN })) ?? expect.unreachable();
		expect(await told(OWN)).toEqual([
			'deliver citizen accesses',
			'deliver citizen accesses',
			'open reason=1',
			'push entries=1 accepted=1'
		]);
		expect(answer.names).toEqual({ [STATION]: 'Trạm Y tế Suối Bạc', [NURSE]: 'Hoàng Thị Thắm' });
	});

	it('is told of a child until the sixteenth birthday, then to the child alone', async () => {
		await born('2020-11-24');
		await storage.audit(opening(1, CHILD));
		expect(await told(CHILD)).toContain('open reason=1');
		await storage.close();
	});

	it('is not told of a child from sixteen on, though the book is', async () => {
		await born('2010-11-24');
		await storage.audit(opening(1, CHILD));
		expect(await ask({ book: CHILD })).toBeUndefined();
		const [refused] = await storage.listAudit({ book: CHILD, action: 'refuse', limit: 1 });
		expect(refused).toMatchObject({ person: SELF, detail: 'citizen accesses not-of-the-family' });
	});

	it('is told of nobody else’s book', async () => {
		await storage.audit(opening(1, STRANGER));
		expect(await ask({ book: STRANGER })).toBeUndefined();
		expect(await storage.listAudit({ book: STRANGER, action: 'deliver', limit: 1 })).toEqual([]);
	});

	it('comes with the proof that the log which the phone knew is its beginning', async () => {
		await storage.audit(opening(1));
		const older = await fold();
		const known = { epoch: '010203040506', size: older.size };
		const answer = (await ask({ book: OWN, known })) ?? expect.unreachable();
		const newer = await fold();
		const size = Number(answer.checkpoint.slice('size '.length));
		const proof = (answer.consistency ?? []).flatMap((text) => base64urlToBytes(text) ?? []);
		const root = await readRoot(storage, size);
		expect(newer.size).toBe(size);
		expect(isBeginningOf(older, { size, root }, proof)).toBe(true);
		for (const strange of [
			{ epoch: 'ffffffffffff', size: 1 },
			{ epoch: '010203040506', size: 10_000 }
		])
			expect((await ask({ book: OWN, known: strange }))?.consistency).toBeUndefined();
	});

	it('does not let what the family did itself hide what others did', async () => {
		await storage.audit(opening(1));
		for (let n = 0; n < 150; n++)
			await storage.audit({
				at: n,
				action: 'deliver',
				person: SELF,
				book: OWN,
				detail: 'citizen list'
			});
		const all = await told(OWN);
		expect(all).toHaveLength(22);
		expect(all).toContain('open reason=1');
		expect((await ask({ book: OWN }))?.hasOlder).toBe(true);
	});
});
