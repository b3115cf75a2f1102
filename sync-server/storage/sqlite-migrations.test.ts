/** A store of an earlier version is opened by this one and keeps what it had. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, it } from 'vitest';
import { MIGRATIONS } from './migrations/migrations.ts';
import { AT_MS, deviceId, idOf } from './port-suite-material.ts';
import { openSqliteStorage } from './sqlite.ts';
import { idBytes } from './sqlite/columns.ts';

const directory = mkdtempSync(join(tmpdir(), 'server-migrated-'));
afterAll(() => {
	rmSync(directory, { recursive: true, force: true });
});

/** Before accounts had passwords and tablets came by a code. */
const SHAPE_WITH_PINS = 6;

function writeStoreWithPins(file: string): void {
	const database = new DatabaseSync(file);
	for (const sql of MIGRATIONS.slice(0, SHAPE_WITH_PINS)) database.exec(sql);
	database.exec(`PRAGMA user_version = ${SHAPE_WITH_PINS}`);
	database
		.prepare('INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?)')
		.run(idBytes(idOf('lan')), 'lan', 'Nguyễn Thị Lan', 'nurse', 'S0001', '$argon2id$pin');
	database
		.prepare('INSERT INTO devices VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
		.run(idBytes(deviceId(1)), 4, 'S0001', new Uint8Array(65), AT_MS, null, null, 0);
	database.close();
}

it('keeps accounts with the word they had, and tablets without a code', async () => {
	const file = join(directory, 'store.sqlite');
	writeStoreWithPins(file);
	const storage = await openSqliteStorage({
		file,
		clock: () => AT_MS,
		random: (count) => new Uint8Array(randomBytes(count))
	});
	expect(await storage.findAccount('lan')).toEqual({
		person: idOf('lan'),
		login: 'lan',
		name: 'Nguyễn Thị Lan',
		role: 'nurse',
		facility: 'S0001',
		passwordHash: '$argon2id$pin'
	});
	expect(await storage.listDevices('S0001')).toEqual([
		{
			device: deviceId(1),
			number: 4,
			facility: 'S0001',
			key: new Uint8Array(65),
			createdMs: AT_MS,
			isBlocked: false
		}
	]);
	await storage.close();
});
