/**
 * The text in the QR code of a citizen's card: fields between bars, in the order of the card of 2021
 * (number | old number | name | birth date | sex | address | issued), with the variants met in the field: fewer
 * fields, no old number, dates with or without separators, more fields on the card of 2024. Read tolerantly,
 * since the card is the best source there is; what does not fit is left out, never guessed.
 */
import { isIdentifierOf } from '../book/identifiers.ts';
import { personNameSchema, type Sex } from '../book/facts.ts';
import { tidyText } from '../text/text.ts';
import { foldText } from '../text/fold.ts';
import { isClinicalDate, type ClinicalDate } from '../time/clinical-time.ts';

export const CARD_TEXT_LENGTH_MAX = 2_000;
const CARD_FIELDS_MIN = 6;
const CARD_FIELDS_MAX = 40;
const ADDRESS_LENGTH_MAX = 300;

export interface CitizenCard {
	personalNumber: string;
	/** The identity card number of 9 digits before. */
	oldNumber?: string;
	name: string;
	birthDate: ClinicalDate;
	sex: Sex;
	/** As printed: "Bản Nà Lốc, Suối Bạc, Phù Yên, Sơn La". */
	addressText?: string;
	issued?: ClinicalDate;
}

export type CardFailureCode =
	'too-long' | 'not-a-card' | 'too-few-fields' | 'number' | 'name' | 'birth-date';
export type CardResult = { ok: true; card: CitizenCard } | { ok: false; code: CardFailureCode };

/** Reads a scanned text. Never throws; the failure says which part could not be read, never its content. */
export function parseCitizenCard(scanned: string): CardResult {
	if (scanned.length > CARD_TEXT_LENGTH_MAX) return { ok: false, code: 'too-long' };
	const fields = tidyText(scanned)
		.split('|')
		.map((field) => field.replace(/\s+/g, ' ').trim());
	if (fields.length === 1 || fields.length > CARD_FIELDS_MAX)
		return { ok: false, code: 'not-a-card' };
	if (fields.length < CARD_FIELDS_MIN) return { ok: false, code: 'too-few-fields' };
	const personalNumber = (fields[0] ?? '').replaceAll(' ', '');
	if (!isIdentifierOf('personal', personalNumber)) return { ok: false, code: 'number' };
	return readFields(personalNumber, fields.slice(1));
}

/** The fields after the number. Some cards leave the old number out with its bar. */
function readFields(personalNumber: string, fields: readonly string[]): CardResult {
	const hasOldNumber = !/\p{L}/u.test(fields[0] ?? '');
	const [name = '', birth = '', sex = '', address = '', issued = ''] = hasOldNumber
		? fields.slice(1)
		: fields;
	const parsedName = personNameSchema.safeParse(name);
	if (!parsedName.success) return { ok: false, code: 'name' };
	const birthDate = parseCardDate(birth);
	if (birthDate === undefined) return { ok: false, code: 'birth-date' };
	const oldNumber = hasOldNumber ? (fields[0] ?? '').replaceAll(' ', '') : '';
	const issuedDate = parseCardDate(issued);
	return {
		ok: true,
		card: {
			personalNumber,
			...(isIdentifierOf('oldCard', oldNumber) && { oldNumber }),
			name: parsedName.data,
			birthDate,
			sex: parseSex(sex),
			...(address !== '' && { addressText: address.slice(0, ADDRESS_LENGTH_MAX).trim() }),
			...(issuedDate !== undefined && { issued: issuedDate })
		}
	};
}

/** ddMMyyyy, dd/MM/yyyy, dd-MM-yyyy or yyyy-MM-dd. */
function parseCardDate(text: string): ClinicalDate | undefined {
	const compact = text.replaceAll(' ', '');
	const match = /^([0-9]{1,2})([/.-]?)([0-9]{1,2})\2([0-9]{4})$/.exec(compact);
	const [, day = '', separator = '', month = '', year = ''] = match ?? [];
	// Without separators every part has its full length: 1112025 could be two dates.
	if (match !== null && separator === '' && compact.length !== 8) return undefined;
	const date =
		match === null ? compact : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
	return isClinicalDate(date) ? date : undefined;
}

function parseSex(text: string): Sex {
	const word = foldText(text);
	if (word === 'nam' || word === 'm' || word === 'male') return 'male';
	if (word === 'nu' || word === 'f' || word === 'female') return 'female';
	return 'unknown';
}
