/**
 * Keys of the agent. A browser keeps a key it cannot export; here it lies in the replica as PKCS #8, and
 * the folder's permissions guard it.
 */
import { P256, webCryptoSigner } from '#lib/entry/signing.ts';
import { webCryptoKeyMaker, type KeyMaker } from '#lib/vault/keys.ts';

export const agentKeyMaker: KeyMaker = {
	createKey: async () => {
		const pair = await crypto.subtle.generateKey(P256, true, ['sign', 'verify']);
		const publicKey = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
		const pkcs8 = new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey));
		return { privateKey: { pkcs8 }, publicKey };
	},
	signerOf: ({ privateKey }) => {
		if (!('pkcs8' in privateKey) || !(privateKey.pkcs8 instanceof Uint8Array))
			throw new Error('the stored signing key is not a key');
		const pkcs8 = new Uint8Array(privateKey.pkcs8);
		const key = crypto.subtle.importKey('pkcs8', pkcs8, P256, false, ['sign']);
		return async (bytes) => webCryptoSigner(await key)(bytes);
	},
	createPersonKey: () => webCryptoKeyMaker().createPersonKey(),
	signerOfPerson: (key) => webCryptoKeyMaker().signerOfPerson(key)
};
