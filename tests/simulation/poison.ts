/**
 * Entries that this version would never write: those of a newer version, which must be taken, and those
 * of a broken one, which must be refused without holding up anything else.
 */
import type { BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf } from '#lib/domain/time/clinical-time.ts';
import { decodeCanonical, encodeCanonical, type CanonicalValue } from '#lib/entry/canonical.ts';
import { buildEntry, bytesToSign, entryIdOf } from '#lib/entry/entry.ts';
import type { Session } from '#lib/vault/vault.ts';
import type { Context } from './context.ts';
import type { Random } from './random.ts';
import type { Tablet, TabletProcess } from './tablet.ts';

type Making = (valid: Uint8Array, random: Random) => Uint8Array;

const SPOILER = 'spoils-request';
const LARGE_BYTES = 40 * 1024;
/** More than an entry on the wire may have: the request as a whole is not understood. */
const SPOILING_BYTES = 70 * 1024;

const KINDS: Record<string, Making> = {
	'newer-kind': (valid) => changed(valid, { kind: 'futureThing' }),
	'newer-schema': (valid) => changed(valid, { schema: 7 }),
	'bad-signature': (valid) => valid,
	'not-canonical': (_valid, random) => random.bytes(random.between(1, 200)),
	'wrong-body': (valid) => changed(valid, { body: { text: 5 } }),
	'wrong-class': (valid) => changed(valid, { class: 'safety' }),
	'other-person': (valid, random) => {
		const author = { ...fieldsOf(valid)['author'], person: random.bytes(16) };
		return changed(valid, { author });
	},
	'too-large': (_valid, random) => new Uint8Array(LARGE_BYTES).fill(random.below(256)),
	[SPOILER]: (_valid, random) => new Uint8Array(SPOILING_BYTES).fill(random.below(256))
};
const TAKEN = ['newer-kind', 'newer-schema'];

export async function savePoison(
	{ model, trace, plan }: Context,
	tablet: Tablet,
	process: TabletProcess,
	book: BookId
): Promise<void> {
	const { random } = tablet;
	const session = process.vault.session();
	const stored = await process.storage.readBook(book);
	if (session === undefined || stored === undefined) return;
	// While one of these waits no digest is compared, so a restore would go unrepaired.
	const canSpoil = plan.rates.restore === 0;
	const name = random.pick(Object.keys(KINDS).filter((kind) => canSpoil || kind !== SPOILER));
	const bytes = KINDS[name]?.(validEntry(tablet, session, book), random) ?? new Uint8Array(1);
	const id = entryIdOf(bytes);
	const isTaken = TAKEN.includes(name);
	const signature = await session.sign(bytesToSign(bytes));
	if (name === 'bad-signature') signature[9] = (signature[9] ?? 0) ^ 1;
	if (model.signed.has(id)) return;
	model.signed.set(id, {
		book,
		bytes,
		tablet: tablet.name,
		...(isTaken && { publicKey: session.staff.publicKey }),
		...(name === SPOILER && { spoilsRequests: true as const })
	});
	const result = await process.storage.save({
		book,
		id,
		bytes,
		signature,
		savedMs: tablet.nowMs(),
		summary: tablet.summarise(book, [...stored.entries, { id, bytes }]),
		count: stored.count
	});
	if (process.isDead || result.type !== 'saved') return;
	trace.count(`poison: ${name}`);
	trace.step(tablet.name, `poison ${name}`);
	tablet.record.saved.set(id, book);
	tablet.record.see(book, [id]);
	process.loop.wake();
}

function validEntry(tablet: Tablet, session: Session, book: BookId): Uint8Array {
	const { staff, keyId, facility } = session;
	const nowMs = tablet.nowMs();
	return buildEntry({
		book,
		kind: 'note',
		class: 'event',
		body: { text: `ghi chú ${tablet.random.below(1e9)}` },
		occurred: clinicalTimeOf(nowMs),
		recorded: { ms: nowMs, counter: 0 },
		author: { person: staff.person, role: staff.role, facility, key: keyId }
	}).bytes;
}

type Fields = Record<string, Record<string, CanonicalValue>>;

function fieldsOf(bytes: Uint8Array): Fields {
	return decodeCanonical(bytes) as Fields;
}

function changed(bytes: Uint8Array, fields: Record<string, CanonicalValue>): Uint8Array {
	return encodeCanonical({ ...fieldsOf(bytes), ...fields });
}
