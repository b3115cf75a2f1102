import { describe, expect, it } from 'vitest';
import { relyingPartyOf } from './relying-party.ts';

describe('where passkeys work', () => {
	it.each([
		['https://so.example.vn', 'so.example.vn'],
		['https://so.example.vn:8443', 'so.example.vn'],
		['https://may-chu', 'may-chu'],
		['http://localhost:8080', 'localhost'],
		['https://localhost', 'localhost']
	])('at %s under the name %s', (origin, id) => {
		expect(relyingPartyOf(origin)).toEqual({ origin, id });
	});

	it.each([
		'http://127.0.0.1:8080',
		'https://10.0.0.5',
		'https://[::1]:8443',
		// Numbers of another notation are the same address.
		'https://0x7f.1',
		'http://so.example.vn',
		'http://localhost.example.vn',
		'file:///clinic',
		'null',
		''
	])('not at %s', (origin) => {
		expect(relyingPartyOf(origin)).toBeUndefined();
	});
});
