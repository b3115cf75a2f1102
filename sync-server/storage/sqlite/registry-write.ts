/** Facilities, keys and catalogues, device numbers and journals; accounts and devices stand in files of their own. */
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Facility } from '#lib/protocol/api.ts';
import type { PersonKey } from '../storage.ts';
import { idBytes, integerAt, prepareQuery, textAt } from './columns.ts';

export interface CatalogueEdition {
	kind: string;
	from: string;
	content: string;
	importedMs: number;
}

export interface RegistryWriter {
	putFacilityRow(facility: Facility): void;
	advanceJournal(device: string, tip: { n: number; link: Uint8Array }): void;
	nextDeviceNumber: (facility: string) => number;
	putPersonKey(key: PersonKey): void;
	putCatalogue(edition: CatalogueEdition): 'added' | 'same' | 'differs';
}

export function createRegistryWriter(database: DatabaseSync): RegistryWriter {
	const putFacility = database.prepare('INSERT OR REPLACE INTO facilities VALUES (?, ?, ?, ?, ?)');
	const nextNumber = prepareQuery(
		database,
		`INSERT INTO device_numbers VALUES (?, 1)
		ON CONFLICT (facility) DO UPDATE SET last = last + 1 RETURNING last`
	);
	const advance = database.prepare(
		`UPDATE devices SET journal_n = ?, journal_link = ?
		WHERE device = ? AND (journal_n IS NULL OR journal_n < ?)`
	);
	return {
		putFacilityRow(facility) {
			const { code, name, kind, commune, shortCode } = facility;
			putFacility.run(code, name, kind, commune, shortCode);
		},
		advanceJournal: (device, { n, link }) => void advance.run(n, link, idBytes(device), n),
		nextDeviceNumber: (facility) => integerAt(nextNumber.get(facility) ?? [], 0),
		putPersonKey: createPutPersonKey(database),
		putCatalogue: createPutCatalogue(database)
	};
}

function createPutPersonKey(database: DatabaseSync): RegistryWriter['putPersonKey'] {
	const put = database.prepare(
		'INSERT OR REPLACE INTO person_keys VALUES (?, ?, ?, ?, ?, ?, ?, ?)'
	);
	return (key) => {
		put.run(
			idBytes(key.key),
			key.publicKey,
			idBytes(key.person),
			idBytes(key.device),
			key.role,
			key.facility,
			key.fromMs,
			key.untilMs ?? null
		);
	};
}

function createPutCatalogue(database: DatabaseSync): RegistryWriter['putCatalogue'] {
	const select = prepareQuery(
		database,
		'SELECT sha256 FROM catalogues WHERE kind = ? AND from_date = ?'
	);
	const insert = database.prepare('INSERT INTO catalogues VALUES (?, ?, ?, ?, ?)');
	return ({ kind, from, content, importedMs }) => {
		const sha256 = createHash('sha256').update(content).digest('hex');
		const known = select.get(kind, from);
		if (known !== undefined) return textAt(known, 0) === sha256 ? 'same' : 'differs';
		insert.run(kind, from, sha256, content, importedMs);
		return 'added';
	};
}
