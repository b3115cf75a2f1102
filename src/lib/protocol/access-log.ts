/**
 * One line of the access log as bytes: what a leaf of its tree stands for, and what a citizen's phone is given to
 * read. The phone shows what it decodes from the very bytes whose place in the tree it checked.
 */
import type { LoggedAccess } from '#lib/domain/access/accesses.ts';
import {
	bytesToId,
	idToBytes,
	type BookId,
	type DeviceId,
	type PersonId
} from '#lib/domain/ids.ts';
import { decodeCanonical, encodeCanonical, type CanonicalValue } from '#lib/entry/canonical.ts';

export function encodeAccess(access: LoggedAccess): Uint8Array {
	const { at, action, device, person, role, facility, book, detail } = access;
	return encodeCanonical({
		at,
		action,
		detail,
		...(device !== undefined && { device: idToBytes(device) }),
		...(person !== undefined && { person: idToBytes(person) }),
		...(role !== undefined && { role }),
		...(facility !== undefined && { facility }),
		...(book !== undefined && { book: idToBytes(book) })
	});
}

/** Undefined: not such bytes. What this version does not know is left out. */
export function decodeAccess(bytes: Uint8Array): LoggedAccess | undefined {
	let value: CanonicalValue;
	try {
		value = decodeCanonical(bytes);
	} catch {
		return undefined;
	}
	if (typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value))
		return undefined;
	const { at, action, detail, role, facility } = value;
	if (typeof at !== 'number' || typeof action !== 'string' || typeof detail !== 'string')
		return undefined;
	return {
		at,
		action,
		detail,
		...idOf<'device', DeviceId>('device', value['device']),
		...idOf<'person', PersonId>('person', value['person']),
		...idOf<'book', BookId>('book', value['book']),
		...(typeof role === 'string' && { role }),
		...(typeof facility === 'string' && { facility })
	};
}

function idOf<Name extends string, Id extends string>(
	name: Name,
	value: CanonicalValue | undefined
): Partial<Record<Name, Id>> {
	const found: Partial<Record<Name, Id>> = {};
	if (value instanceof Uint8Array && value.length === 16) found[name] = bytesToId<Id>(value);
	return found;
}
