/**
 * Whose pages this device shows first: asked once, remembered when somebody has signed in. Local storage
 * answers at once, but a browser writes it to the disk when it likes; what is in IndexedDB survives a kill.
 */
export const AUDIENCES = ['citizen', 'staff'] as const;
export type Audience = (typeof AUDIENCES)[number];

const STORED_AS = 'so-suc-khoe.audience';
const DATABASE = 'so-suc-khoe-device';
const STORE = 'choices';
let kept: Audience | 'nobody' | undefined;

export async function rememberedAudience(): Promise<Audience | undefined> {
	return (
		audienceOf(readLocally()) ?? audienceOf(await withChoices((store) => store.get(STORED_AS)))
	);
}

export async function rememberAudience(audience: Audience): Promise<void> {
	if (kept === audience) return;
	kept = audience;
	locally((storage) => storage.setItem(STORED_AS, audience));
	await withChoices((store) => store.put(audience, STORED_AS));
}

/** The next one who opens the app is asked. */
export async function forgetAudience(): Promise<void> {
	kept = 'nobody';
	locally((storage) => storage.removeItem(STORED_AS));
	await withChoices((store) => store.delete(STORED_AS));
}

function audienceOf(stored: unknown): Audience | undefined {
	return AUDIENCES.find((audience) => audience === stored);
}

function readLocally(): string | null | undefined {
	return locally((storage) => storage.getItem(STORED_AS));
}

/** Without local storage the other place answers. */
function locally<Value>(use: (storage: Storage) => Value): Value | undefined {
	try {
		return use(localStorage);
	} catch {
		return undefined;
	}
}

/** Without either the question comes again; nothing else depends on it. */
async function withChoices(use: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
	try {
		const database = await openChoices();
		try {
			const change = database.transaction(STORE, 'readwrite', { durability: 'strict' });
			const request = use(change.objectStore(STORE));
			await new Promise<void>((resolve, reject) => {
				change.oncomplete = () => resolve();
				change.onabort = () => reject(new Error('not kept', { cause: change.error }));
			});
			return request.result;
		} finally {
			database.close();
		}
	} catch {
		return undefined;
	}
}

function openChoices(): Promise<IDBDatabase> {
	return new Promise((resolve, reject) => {
		const opening = indexedDB.open(DATABASE, 1);
		opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
		opening.onsuccess = () => resolve(opening.result);
		opening.onerror = () => reject(new Error('not opened', { cause: opening.error }));
	});
}
