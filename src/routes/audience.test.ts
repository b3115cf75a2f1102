import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it, vi } from 'vitest';

function localStorageWith(stored: string | null): void {
	let value = stored;
	vi.stubGlobal('localStorage', {
		getItem: () => value,
		setItem: (_: string, written: string) => void (value = written),
		removeItem: () => void (value = null)
	});
}

/** As after the app was opened again. */
async function reopened() {
	vi.resetModules();
	return import('./audience.ts');
}

describe('whose pages come first', () => {
	beforeEach(async () => {
		localStorageWith(null);
		await (await reopened()).forgetAudience();
	});

	it('is not known before somebody has signed in', async () => {
		expect(await (await reopened()).rememberedAudience()).toBeUndefined();
	});

	it('is known after local storage was lost with the browser', async () => {
		await (await reopened()).rememberAudience('citizen');
		localStorageWith(null);
		expect(await (await reopened()).rememberedAudience()).toBe('citizen');
	});

	it('is forgotten in both places', async () => {
		await (await reopened()).rememberAudience('staff');
		await (await reopened()).forgetAudience();
		expect(await (await reopened()).rememberedAudience()).toBeUndefined();
	});

	it('is asked again where something else stands in its place', async () => {
		localStorageWith('hospital');
		expect(await (await reopened()).rememberedAudience()).toBeUndefined();
	});

	it('does without any storage', async () => {
		vi.stubGlobal('localStorage', undefined);
		const opening = vi.spyOn(indexedDB, 'open').mockImplementation(() => {
			throw new Error('no storage here');
		});
		const audience = await reopened();
		await audience.rememberAudience('staff');
		expect(await audience.rememberedAudience()).toBeUndefined();
		opening.mockRestore();
	});
});
