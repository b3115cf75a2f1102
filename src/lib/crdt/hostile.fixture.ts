/**
 * Updates that harm a stock Yjs document (13.6.33), each as its attacker would write it against a victim
 * whose entry stands under `victimClientId`.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

const KEY = 'A'.repeat(22);
const REF_GC = 0;
const REF_DELETED = 1;
const REF_BINARY = 3;
const REF_STRING = 4;
const REF_TYPE = 7;
const REF_ANY = 8;
const REF_DOC = 9;
const REF_SKIP = 10;
const WITH_KEY = 0x20;
const WITH_LEFT_ORIGIN = 0x80;

type Write = (encoder: encoding.Encoder) => void;

function bytesOf(write: Write): Uint8Array {
	return encoding.encode(write);
}

const numbers =
	(...values: number[]): Write =>
	(encoder) => {
		for (const value of values) encoding.writeVarUint(encoder, value);
	};

/** One client with one struct and no deletes. */
function structUpdate(client: number, clock: number, write: Write): Uint8Array {
	return bytesOf((encoder) => {
		numbers(1, 1, client, clock)(encoder);
		write(encoder);
		numbers(0)(encoder);
	});
}

function item(info: number, root: string, key: string | undefined, content: Write): Write {
	return (encoder) => {
		encoding.writeUint8(encoder, info);
		numbers(1)(encoder);
		encoding.writeVarString(encoder, root);
		if (key !== undefined) encoding.writeVarString(encoder, key);
		content(encoder);
	};
}

const binary: Write = (encoder) => encoding.writeVarUint8Array(encoder, new Uint8Array([1, 2, 3]));

function deletes(client: number, clock: number, length: number): Uint8Array {
	return bytesOf(numbers(0, 1, client, 1, clock, length));
}

function fromYjs(change: (document: Y.Doc) => void, clientId: number): Uint8Array {
	const document = new Y.Doc();
	document.clientID = clientId;
	change(document);
	return Y.encodeStateAsUpdate(document);
}

function nestedArrays(depth: number): Uint8Array {
	return bytesOf((encoder) => {
		numbers(1, depth, 1, 0)(encoder);
		item(REF_TYPE, 'entries', undefined, numbers(0))(encoder);
		for (let clock = 1; clock < depth; clock++) {
			encoding.writeUint8(encoder, REF_TYPE);
			numbers(0, 1, clock - 1, 0)(encoder);
		}
		numbers(0)(encoder);
	});
}

function manyClients(count: number): Uint8Array {
	return bytesOf((encoder) => {
		numbers(count)(encoder);
		for (let client = count; client > 0; client--) {
			numbers(1, client, 0)(encoder);
			item(REF_BINARY | WITH_KEY, 'entries', KEY, binary)(encoder);
		}
		numbers(0)(encoder);
	});
}

const anyWithProto: Write = (encoder) => {
	numbers(1)(encoder);
	encoding.writeUint8(encoder, 118);
	numbers(1)(encoder);
	encoding.writeVarString(encoder, '__proto__');
	encoding.writeAny(encoder, { role: 'doctor' });
};

/** By name, so that a test that fails says which attack came through. */
export function hostileUpdates(
	victim: Uint8Array,
	victimClientId: number,
	victimKey: string
): Attack[] {
	return [
		...againstTheVictim(victimClientId, victimKey),
		...brokenOrDangling(victim),
		...costly(victimClientId),
		...ofOtherForm(victimKey)
	];
}

type Attack = [name: string, update: Uint8Array];
const BINARY_WITH_KEY = REF_BINARY | WITH_KEY;
const HIGHEST_CLIENT_ID = Number.MAX_SAFE_INTEGER;

function againstTheVictim(victimClientId: number, victimKey: string): Attack[] {
	return [
		['deletes the victim', deletes(victimClientId, 0, 1)],
		['deletes what the victim will write', deletes(victimClientId, 1, 2 ** 40)],
		['fills the victim up', structUpdate(victimClientId, 0, numbers(REF_GC, 2 ** 40))],
		['skips ahead of the victim', structUpdate(victimClientId, 0, numbers(REF_SKIP, 2 ** 40))],
		[
			'deleted content',
			structUpdate(HIGHEST_CLIENT_ID, 0, item(REF_DELETED, 'entries', undefined, numbers(9)))
		],
		[
			'overwrites the key',
			structUpdate(HIGHEST_CLIENT_ID, 0, item(BINARY_WITH_KEY, 'entries', victimKey, binary))
		],
		[
			'overwrites the key with an origin',
			structUpdate(HIGHEST_CLIENT_ID, 0, (encoder) => {
				encoding.writeUint8(encoder, REF_BINARY | WITH_KEY | WITH_LEFT_ORIGIN);
				numbers(victimClientId, 0)(encoder);
				binary(encoder);
			})
		]
	];
}

function brokenOrDangling(victim: Uint8Array): Attack[] {
	const garbage = new Uint8Array(victim.length + 1_024).fill(0xa5);
	garbage.set(victim);
	return [
		[
			'writes at a future clock',
			structUpdate(HIGHEST_CLIENT_ID, 7, item(BINARY_WITH_KEY, 'entries', KEY, binary))
		],
		[
			'rests on an unknown origin',
			structUpdate(HIGHEST_CLIENT_ID, 0, (encoder) => {
				encoding.writeUint8(encoder, REF_BINARY | WITH_LEFT_ORIGIN);
				numbers(4_711, 3)(encoder);
				binary(encoder);
			})
		],
		['has no set of deletes', victim.slice(0, -1)],
		['is cut in the value', victim.slice(0, -9)],
		['trails a kilobyte of garbage', garbage]
	];
}

function costly(victimClientId: number): Attack[] {
	return [
		['nests a hundred thousand arrays', nestedArrays(100_000)],
		['brings two hundred thousand clients', manyClients(200_000)],
		['brings ten thousand clients that are none', manyClients(10_000)],
		['declares 2^50 clients', bytesOf(numbers(2 ** 50))],
		['declares 2^50 structs', bytesOf(numbers(1, 2 ** 50, 1, 0))],
		[
			'declares a value of 2^50 bytes',
			structUpdate(1, 0, item(BINARY_WITH_KEY, 'entries', KEY, numbers(2 ** 50)))
		],
		['declares 2^50 deletes', bytesOf(numbers(0, 1, victimClientId, 2 ** 50, 0, 1))],
		['invalid bytes', new Uint8Array(4_096).fill(0xff)],
		['only continuation bytes', new Uint8Array(UPDATE_OF_CONTINUATIONS).fill(0x80)]
	];
}

function ofOtherForm(victimKey: string): Attack[] {
	const stringItem = item(REF_STRING | WITH_KEY, 'entries', victimKey, (encoder) =>
		encoding.writeVarString(encoder, 'x')
	);
	return [
		['key __proto__', structUpdate(1, 0, item(BINARY_WITH_KEY, 'entries', '__proto__', binary))],
		[
			'value with __proto__',
			structUpdate(1, 0, item(REF_ANY | WITH_KEY, 'entries', KEY, anyWithProto))
		],
		['a string for bytes', structUpdate(HIGHEST_CLIENT_ID, 0, stringItem)],
		['another root', structUpdate(1, 0, item(BINARY_WITH_KEY, 'entriez', KEY, binary))],
		[
			'an array item in the map',
			fromYjs((doc) => doc.getArray('entries').push([1]), HIGHEST_CLIENT_ID)
		],
		['a text', fromYjs((doc) => doc.getText('entries').insert(0, 'x'), HIGHEST_CLIENT_ID)],
		[
			'a nested map',
			fromYjs((doc) => doc.getMap('entries').set(KEY, new Y.Map()), HIGHEST_CLIENT_ID)
		],
		[
			'a subdocument',
			fromYjs((doc) => doc.getMap('entries').set(KEY, new Y.Doc()), HIGHEST_CLIENT_ID)
		],
		[
			'a subdocument written by hand',
			structUpdate(
				1,
				0,
				item(REF_DOC | WITH_KEY, 'entries', KEY, (encoder) => {
					encoding.writeVarString(encoder, 'guid');
					encoding.writeAny(encoder, {});
				})
			)
		],
		['a stock client writing a value', fromYjs((doc) => doc.getMap('entries').set('a', 1), 5)],
		['nothing at all', new Uint8Array(0)]
	];
}

const UPDATE_OF_CONTINUATIONS = 1024 * 1024;
