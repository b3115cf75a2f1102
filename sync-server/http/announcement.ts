/** What a person at the terminal needs to know: where to open it, who can sign in, what will not work. */
import { networkInterfaces } from 'node:os';
import type { Facility } from '#lib/protocol/api.ts';
import type { DemoCitizen } from '../jobs/demo/citizens.ts';
import { opensBooks } from '../auth/access.ts';
import type { Account } from '../storage/storage.ts';

const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];
const EVERYWHERE = ['0.0.0.0', '::'];

export interface Announcement {
	host: string;
	port: number;
	isTls: boolean;
	accounts: Account[];
	facilities: Facility[];
	/** Of the demo's people, where they still have it. */
	demoPasswords: ReadonlyMap<string, string>;
	/** Of the demo: codes that bring a tablet to a facility, by its code. */
	demoCodes: ReadonlyMap<string, readonly string[]>;
	/** Whom the stand-in for VNeID knows. */
	demoCitizens: readonly DemoCitizen[];
	hasApp: boolean;
}

export function announcementLines(announcement: Announcement): string[] {
	const { hasApp, accounts } = announcement;
	return [
		'',
		...addressLines(announcement),
		...(hasApp ? [] : ['The app is not built, only the API answers: npm run build']),
		...(accounts.length === 0 ? ['Nobody can sign in yet.'] : staffLines(announcement)),
		...citizenLines(announcement),
		'Ctrl-C ends the server; what was recorded stays.',
		''
	];
}

function addressLines({ host, port, isTls }: Announcement): string[] {
	const scheme = isTls ? 'https' : 'http';
	const urls = reachableHosts(host).map((name) => `${scheme}://${name}:${port}`);
	const lines = [`Sổ Sức Khỏe is ready: ${urls.join('  ')}`];
	const isOpenToOthers = !LOOPBACK.includes(host);
	if (isOpenToOthers && !isTls)
		lines.push(
			'Other machines cannot work offline over plain HTTP (browsers allow no service worker): set TLS_CERT and TLS_KEY to PEM files.'
		);
	return lines;
}

function reachableHosts(host: string): string[] {
	if (LOOPBACK.includes(host)) return ['localhost'];
	if (!EVERYWHERE.includes(host)) return [host.includes(':') ? `[${host}]` : host];
	const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
	const outside = addresses.filter(({ family, internal }) => family === 'IPv4' && !internal);
	return ['localhost', ...outside.map(({ address }) => address)];
}

function staffLines({ accounts, facilities, demoPasswords, demoCodes }: Announcement): string[] {
	const lines = [
		...(demoCodes.size > 0
			? ['A new tablet (or browser) asks for a code, each serves once; then name and password:']
			: ['Who can sign in, on a tablet that was enrolled:'])
	];
	for (const { code, name } of facilities) {
		const staff = accounts.filter((account) => account.facility === code);
		if (staff.length > 0) lines.push(`  ${name} (${code})`);
		const codes = demoCodes.get(code) ?? [];
		if (codes.length > 0) lines.push(`    tablet codes: ${codes.join('  ')}`);
		for (const account of staff) {
			const secret = demoPasswords.get(account.login) ?? '';
			lines.push(
				`    ${account.login.padEnd(9)} ${secret.padEnd(20)} ${account.name}, ${account.role}${opensBooks(account) ? '' : ' (not on tablets)'}`
			);
		}
	}
	return lines;
}

const CITIZEN_WORDS: Record<DemoCitizen['kind'], string> = {
	mother: 'a mother with two small children',
	elder: 'an elderly man',
	adult: 'a woman without children'
};

function citizenLines({ demoCitizens }: Announcement): string[] {
	if (demoCitizens.length === 0) return [];
	return [
		'Citizens who can sign in, without VNeID (demo only; set VNEID_ISSUER for a real provider):',
		...demoCitizens.map(({ name, kind }) => `    ${name.padEnd(34)} ${CITIZEN_WORDS[kind]}`)
	];
}

interface Terminal {
	isTTY: boolean;
	write(text: string): unknown;
}

/** Tells how far the demo is: one line that counts on a terminal, every tenth part elsewhere. */
export function createProgress(terminal: Terminal): (books: number, of: number) => void {
	let tenthsTold = 0;
	return (books, of) => {
		const text = `Preparing the demo: ${books} of ${of} people`;
		const isLast = books >= of;
		if (terminal.isTTY) {
			terminal.write(`\r${text}${isLast ? '\n' : ''}`);
			return;
		}
		const tenths = Math.floor((books * 10) / of);
		if (tenths > tenthsTold) terminal.write(`${text}\n`);
		tenthsTold = Math.max(tenths, tenthsTold);
	};
}
