import { expect, it } from 'vitest';
import type { BookId, PersonId } from '#lib/domain/ids.ts';
import { bytesToId } from '#lib/domain/ids.ts';
import { nextReadLink, READS_START, readsTipToSign, type BookRead } from './read-chain.ts';

const id = <Id extends string>(byte: number) => bytesToId<Id>(new Uint8Array(16).fill(byte));
const READ: BookRead = { book: id<BookId>(1), person: id<PersonId>(2), atMs: 1_790_000_000_000 };
const NOTE = 'Bất tỉnh, không có người nhà';

it('binds each opening to everything in it and before it', () => {
	const tip = nextReadLink(READS_START, READ);
	expect(tip.n).toBe(1);
	const others = [
		nextReadLink(READS_START, { ...READ, book: id(3) }),
		nextReadLink(READS_START, { ...READ, person: id(3) }),
		nextReadLink(READS_START, { ...READ, atMs: READ.atMs + 1 }),
		nextReadLink(READS_START, { ...READ, emergency: { reason: 'unconscious', note: NOTE } }),
		nextReadLink(READS_START, { ...READ, emergency: { reason: 'life-in-danger', note: NOTE } }),
		nextReadLink(tip, READ),
		nextReadLink({ ...tip, n: 0 }, READ)
	];
	const links = [tip, ...others].map(({ link }) => link.join());
	expect(new Set(links).size).toBe(links.length);
});

it('is signed as nothing else is', () => {
	const tip = nextReadLink(READS_START, READ);
	expect(readsTipToSign(tip)).not.toEqual(readsTipToSign({ ...tip, n: 2 }));
	expect(new TextDecoder().decode(readsTipToSign(tip))).toContain('so-suc-khoe reads 1');
});
