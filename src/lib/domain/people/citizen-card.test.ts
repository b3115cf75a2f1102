import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCitizenCard } from './citizen-card.ts';

const CARD = '014190000123|050123456|Lò Thị Mai|05021990|Nữ|Bản Nà Lốc, Suối Bạc, Sơn La|17122021';
const READ = {
	personalNumber: '014190000123',
	oldNumber: '050123456',
	name: 'Lò Thị Mai',
	birthDate: '1990-02-05',
	sex: 'female',
	addressText: 'Bản Nà Lốc, Suối Bạc, Sơn La',
	issued: '2021-12-17'
};

describe('the QR text of a citizen card', () => {
	it('is read in its usual form', () => {
		expect(parseCitizenCard(CARD)).toEqual({ ok: true, card: READ });
	});

	it.each([
		['a byte order mark and line end', `\ufeff${CARD}\r\n`],
		['stray spaces', CARD.replaceAll('|', ' | ').replace('014190000123', '014 190 000 123')],
		[
			'dates with slashes',
			CARD.replace('05021990', '05/02/1990').replace('17122021', '17/12/2021')
		],
		['dates the other way', CARD.replace('05021990', '1990-02-05')],
		['decomposed letters', CARD.normalize('NFD')],
		['the fields of the card of 2024', `${CARD}|||Lò Văn Bố|Lò Thị Mẹ|`]
	])('is read with %s', (_, text) => {
		expect(parseCitizenCard(text)).toEqual({ ok: true, card: READ });
	});

	it('is read without the old number, with and without its bar', () => {
		const { oldNumber: _, ...rest } = READ;
		expect(parseCitizenCard(CARD.replace('050123456', ''))).toEqual({ ok: true, card: rest });
		expect(parseCitizenCard(CARD.replace('|050123456', ''))).toEqual({ ok: true, card: rest });
		expect(parseCitizenCard(CARD.replace('050123456', '12'))).toEqual({ ok: true, card: rest });
	});

	it('is read with six fields, and with a sex or date of issue that cannot be read', () => {
		const { issued: _, ...rest } = READ;
		expect(parseCitizenCard(CARD.replace('|17122021', ''))).toEqual({ ok: true, card: rest });
		expect(parseCitizenCard(CARD.replace('17122021', '99999999').replace('Nữ', '?'))).toEqual({
			ok: true,
			card: { ...rest, sex: 'unknown' }
		});
		expect(parseCitizenCard(CARD.replace('Nữ', 'NAM'))).toMatchObject({ card: { sex: 'male' } });
	});

	it.each([
		['https://example.org/?q=1', 'not-a-card'],
		['', 'not-a-card'],
		['014190000123|050123456|Lò Thị Mai', 'too-few-fields'],
		[CARD.replace('014190000123', '14190000123'), 'number'],
		[CARD.replace('Lò Thị Mai', '123 456'), 'name'],
		[CARD.replace('Lò Thị Mai', '<b>Mai</b>'), 'name'],
		[CARD.replace('05021990', '31021990'), 'birth-date'],
		[CARD.replace('05021990', '1990'), 'birth-date'],
		['x|'.repeat(500), 'not-a-card'],
		['9'.repeat(1_000_000), 'too-long']
	])('is refused with its reason: %.40s', (text, code) => {
		expect(parseCitizenCard(text)).toEqual({ ok: false, code });
	});

	it('never throws, whatever is scanned', () => {
		fc.assert(
			fc.property(fc.array(fc.string({ unit: 'binary' }), { maxLength: 12 }), (fields) => {
				parseCitizenCard(fields.join('|'));
				parseCitizenCard(`014190000123|${fields.join('|')}`);
			})
		);
	});
});
