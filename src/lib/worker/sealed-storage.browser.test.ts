/** The suite of every storage over sealed rows in the browser's own database. */
import { openDexieStorage } from '#lib/storage/dexie.ts';
import { runBookStorageSuite } from '#lib/storage/port-suite.ts';
import { createKeyring, DATA_KEY_BYTES } from '#lib/vault/record-cipher.ts';

runBookStorageSuite('dexie sealed', async (name) => {
	const keyring = createKeyring((count) => crypto.getRandomValues(new Uint8Array(count)));
	keyring.use(new Uint8Array(DATA_KEY_BYTES).fill(7));
	return openDexieStorage(name, keyring);
});
