import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bytesToId, idToBytes, type EntryId } from '#lib/domain/ids.ts';
import { JOURNAL_START, nextLink, tipToSign, type JournalTip } from './journal.ts';

const id = (fill: number) => bytesToId<EntryId>(new Uint8Array(16).fill(fill));
const start: JournalTip = { n: 0, link: JOURNAL_START };
const chain = (...fills: number[]) => fills.reduce((tip, fill) => nextLink(tip, id(fill)), start);

describe('the journal of a device', () => {
	it('links each entry to everything before it: SHA-256 of link, number, id', () => {
		const tip = nextLink({ n: 258, link: new Uint8Array(32).fill(7) }, id(3));
		const expected = createHash('sha256')
			.update(new Uint8Array(32).fill(7))
			.update(Uint8Array.from([0, 0, 0, 0, 0, 0, 1, 3]))
			.update(idToBytes(id(3)))
			.digest();
		expect(tip.n).toBe(259);
		expect(Buffer.from(tip.link)).toEqual(expected);
	});

	it('starts at 32 zero bytes, which it leaves alone', () => {
		chain(1, 2, 3);
		expect(JOURNAL_START).toEqual(new Uint8Array(32));
	});

	it('is the same for the same entries in the same order', () => {
		expect(chain(1, 2, 3)).toEqual(chain(1, 2, 3));
		expect(chain(1, 2, 3).n).toBe(3);
	});

	it('shows a hole, a swap, a fork and a repetition', () => {
		const tips = [chain(1, 2, 3), chain(1, 3), chain(2, 1, 3), chain(1, 2, 4), chain(1, 1, 2, 3)];
		const links = tips.map(({ link }) => Buffer.from(link).toString('hex'));
		expect(new Set(links).size).toBe(tips.length);
	});

	it('does not change the tip it goes on from', () => {
		const tip = chain(1);
		const link = tip.link.slice();
		nextLink(tip, id(2));
		expect(tip).toEqual({ n: 1, link });
	});

	it('is signed as context, number and link', () => {
		const tip = chain(1, 2);
		const context = 'so-suc-khoe journal 1\0';
		expect(Buffer.from(tipToSign(tip))).toEqual(
			Buffer.concat([Buffer.from(context), Buffer.from([0, 0, 0, 0, 0, 0, 0, 2]), tip.link])
		);
	});
});
