/**
 * The code of somebody who has no number yet: `T-<station><tablet number>-<yymmdd>-<counter>`. It is made on
 * the tablet without asking anybody, says where and when to look for the paper, and can never be taken for a
 * number of 12 digits.
 */
import { isClinicalDate, type ClinicalDate } from '../time/clinical-time.ts';

const COUNTER_MAX = 9_999;
const DEVICE_NUMBER_MAX = 999;
/** One spelling for each code: no leading zeros but those that make the counter two digits. */
const PATTERN =
	/^T-([A-Z]{2,4})([1-9][0-9]{0,2})-([0-9]{2})([0-9]{2})([0-9]{2})-(0[1-9]|[1-9][0-9]{1,3})$/;

export interface TemporaryCode {
	/** Short code of the station, two to four capitals. */
	station: string;
	/** Number of the tablet within the station. */
	device: number;
	date: ClinicalDate;
	/** 1, 2, ... on one tablet and day. */
	counter: number;
}

/** Throws when a part is out of its range: the station and tablet come from the server, checked. */
export function temporaryCodeText({ station, device, date, counter }: TemporaryCode): string {
	const isCounted = (value: number, max: number) =>
		Number.isInteger(value) && value >= 1 && value <= max;
	if (!/^[A-Z]{2,4}$/.test(station) || !isCounted(device, DEVICE_NUMBER_MAX))
		throw new RangeError('not a station and tablet');
	if (!isCounted(counter, COUNTER_MAX) || !isClinicalDate(date))
		throw new RangeError('not a date and counter');
	const day = date.slice(2).replaceAll('-', '');
	return `T-${station}${device}-${day}-${String(counter).padStart(2, '0')}`;
}

/** The parts of a temporary code, or nothing when it is none. Years are of this century. */
export function parseTemporaryCode(text: string): TemporaryCode | undefined {
	const match = PATTERN.exec(text);
	if (match === null) return undefined;
	const [station = '', device = '', year = '', month = '', day = '', counter = ''] = match.slice(1);
	const date = `20${year}-${month}-${day}`;
	if (!isClinicalDate(date)) return undefined;
	return { station, device: Number(device), date, counter: Number(counter) };
}

/** The counter for the next code of a tablet on a day, given codes it may have issued before. */
export function nextTemporaryCounter(
	issued: Iterable<string>,
	{ station, device, date }: Omit<TemporaryCode, 'counter'>
): number {
	let last = 0;
	for (const text of issued) {
		const code = parseTemporaryCode(text);
		if (code?.station === station && code.device === device && code.date === date)
			last = Math.max(last, code.counter);
	}
	return last + 1;
}
