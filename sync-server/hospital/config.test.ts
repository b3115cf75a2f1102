import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'so-suc-khoe-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(server: string): string {
	const file = join(folder, 'hospital.json');
	const rest = { login: 'benh.vien', dataDir: 'data', inbox: 'in', receipts: 'out' };
	writeFileSync(file, JSON.stringify({ server, ...rest }));
	return readConfig(file, {}).server;
}

describe('the address of the server in a hospital\u2019s configuration', () => {
	it('is https, or http where the line does not leave the machine', () => {
		for (const server of [
			'https://dong-bo.example.vn',
			'http://localhost:8080',
			'http://127.0.0.1:8080',
			'http://[::1]:8080'
		])
			expect(read(server)).toBe(server);
	});

	it('is refused in a sentence where patients\u2019 data would travel in clear', () => {
		for (const server of [
			'http://dong-bo.example.vn',
			'http://192.168.1.20:8080',
			'http://localhost.evil.example',
			'http://localhost@evil.example'
		])
			expect(() => read(server)).toThrow('must be https, or http on this machine');
	});
});
