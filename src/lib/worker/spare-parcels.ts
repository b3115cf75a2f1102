/**
 * A second copy of what waits, sealed for the server, in a file beside the database (`spare-file.ts`). It is written
 * right after the save, not before it is answered: `saved` means the database. Where the database is found empty the
 * copy is put back into it; where it does not open the copy is sent from here. What the server has may stand in it
 * for a while: sent again it is a duplicate.
 */
import { z } from 'zod';
import { decodeCanonical, encodeCanonical, NotCanonical } from '#lib/entry/canonical.ts';
import { isIdText, type PersonId } from '#lib/domain/ids.ts';
import type { SpareFile } from '#lib/storage/spare-file.ts';
import type { BookStorage, Parcel } from '#lib/storage/port.ts';
import type { ServerPort } from '#lib/use-cases/server-port.ts';
import { PARCELS_MAX } from '#lib/protocol/api.ts';

/** A frame is 4 bytes of length (big-endian) and its canonical bytes. */
const LENGTH_BYTES = 4;

const headSchema = z.strictObject({ token: z.string().max(2_000) });
const parcelSchema: z.ZodType<Parcel> = z.strictObject({
	n: z.number().int(),
	person: z.custom<PersonId>((value) => typeof value === 'string' && isIdText(value)),
	sealed: z.instanceof(Uint8Array)
});

export interface SpareParcels {
	/** To be called first. `isLost`: the database has nothing of a device any more; what the file holds is put back
	 * into it. Answers how many entries that were. */
	open(isLost: boolean): Promise<number>;
	/** Writes what is new since the last call, and leaves out what was sent. Never fails: there is a first copy. */
	mirror(): Promise<void>;
	/** With which the device last spoke to the server, as the file says. */
	token(): string | undefined;
}

interface Copy {
	token: string | undefined;
	parcels: Map<number, Parcel>;
}

export interface SpareDeps {
	storage: Pick<BookStorage, 'listParcels' | 'putParcels'>;
	file: SpareFile;
	/** The device's token, where the database knows it. */
	readToken(): Promise<string | undefined>;
}

export function createSpareParcels(deps: SpareDeps): SpareParcels {
	const { storage, file } = deps;
	/** As the file stands; absent until it was read. */
	let copy: Copy | undefined;
	let last: Promise<unknown> = Promise.resolve();

	function inTurn<T>(work: () => Promise<T>, otherwise: T): Promise<T> {
		// A file that cannot be used now is used later: nothing rests on it while the database is whole.
		const next = last.then(work).catch(() => otherwise);
		last = next;
		return next;
	}

	async function replace(token: string | undefined): Promise<void> {
		const parcels = await storage.listParcels(Infinity);
		await file.replace(fileOf(token, parcels));
		copy = { token, parcels: new Map(parcels.map((parcel) => [parcel.n, parcel])) };
	}

	async function open(isLost: boolean): Promise<number> {
		const found = readCopy(await file.read());
		const lost = isLost ? [...found.parcels.values()] : [];
		// Below zero: the journal begins anew, and its acknowledgements are about other entries.
		await storage.putParcels(lost.map((parcel, at) => ({ ...parcel, n: at - lost.length })));
		await replace((await deps.readToken()) ?? found.token);
		return lost.length;
	}

	async function mirror(): Promise<void> {
		if (copy === undefined) return;
		const token = (await deps.readToken()) ?? copy.token;
		const [oldest] = await storage.listParcels(1);
		const numbers = [...copy.parcels.keys()];
		const hasSent = numbers.length > 0 && (oldest?.n ?? Infinity) > Math.min(...numbers);
		if (hasSent || token !== copy.token) return replace(token);
		const added = await storage.listParcels(Infinity, Math.max(-Infinity, ...numbers));
		if (added.length === 0) return;
		await file.append(joined(added.map(frameOf)));
		for (const parcel of added) copy.parcels.set(parcel.n, parcel);
	}

	return {
		open: (isLost) => inTurn(() => open(isLost), 0),
		mirror: () => inTurn(mirror, undefined),
		token: () => copy?.token
	};
}

/** Sends what the file holds where nothing else of this device can be opened, and leaves what was not taken. */
export async function sendCopy(
	file: SpareFile,
	server: Pick<ServerPort, 'sendParcels'>
): Promise<void> {
	const { token, parcels } = readCopy(await file.read());
	const waiting = [...parcels.values()];
	if (token === undefined) return;
	const left: Parcel[] = [];
	while (waiting.length > 0) {
		const some = waiting.splice(0, PARCELS_MAX);
		const answer = await server.sendParcels(
			some.map(({ sealed }) => sealed),
			token
		);
		if (answer.type !== 'answered') return;
		left.push(...some.filter((_, at) => answer.value[at] !== 'taken'));
		await file.replace(fileOf(token, [...left, ...waiting]));
	}
}

/** What is whole of the file: the device may have died while it was written. */
export function readCopy(bytes: Uint8Array): Copy {
	const copy: Copy = { token: undefined, parcels: new Map() };
	for (const value of framesIn(bytes)) {
		const head = headSchema.safeParse(value).data;
		const parcel = parcelSchema.safeParse(value).data;
		if (head !== undefined) copy.token = head.token;
		if (parcel !== undefined) copy.parcels.set(parcel.n, parcel);
	}
	return copy;
}

function fileOf(token: string | undefined, parcels: Parcel[]): Uint8Array {
	if (parcels.length === 0) return joined([]);
	const head = token === undefined ? [] : [frame({ token })];
	return joined([...head, ...parcels.map(frameOf)]);
}

function* framesIn(bytes: Uint8Array): Generator {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
	let at = 0;
	while (at + LENGTH_BYTES <= bytes.length) {
		const end = at + LENGTH_BYTES + view.getUint32(at);
		if (end > bytes.length) return;
		try {
			yield decodeCanonical(bytes.subarray(at + LENGTH_BYTES, end));
		} catch (error) {
			if (!(error instanceof NotCanonical)) throw error;
			return;
		}
		at = end;
	}
}

function frameOf({ n, person, sealed }: Parcel): Uint8Array {
	return frame({ n, person, sealed });
}

function frame(content: Parameters<typeof encodeCanonical>[0]): Uint8Array {
	const bytes = encodeCanonical(content);
	const framed = new Uint8Array(LENGTH_BYTES + bytes.length);
	new DataView(framed.buffer).setUint32(0, bytes.length);
	framed.set(bytes, LENGTH_BYTES);
	return framed;
}

function joined(parts: Uint8Array[]): Uint8Array {
	const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
	let at = 0;
	for (const part of parts) {
		whole.set(part, at);
		at += part.length;
	}
	return whole;
}
