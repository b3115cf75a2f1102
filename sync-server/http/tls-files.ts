/** The certificate and the key for HTTPS, read and tried, or one sentence on which file is wrong. */
import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';

export interface Tls {
	cert: string;
	key: string;
}

export function readTls(
	certFile: string | undefined,
	keyFile: string | undefined
): Tls | string | undefined {
	if (certFile === undefined || keyFile === undefined) return undefined;
	const cert = tryTo(() => readFileSync(certFile, 'utf8'));
	if (cert === undefined) return `TLS_CERT cannot be read: ${certFile}.`;
	const key = tryTo(() => readFileSync(keyFile, 'utf8'));
	if (key === undefined) return `TLS_KEY cannot be read: ${keyFile}.`;
	const certificate = tryTo(() => new X509Certificate(cert));
	if (certificate === undefined) return `TLS_CERT holds no certificate in PEM: ${certFile}.`;
	const privateKey = tryTo((): KeyObject => createPrivateKey(key));
	if (privateKey === undefined)
		return `TLS_KEY holds no private key in PEM (without a passphrase): ${keyFile}.`;
	if (!certificate.checkPrivateKey(privateKey))
		return `TLS_KEY ${keyFile} is not the key of the certificate in TLS_CERT ${certFile}.`;
	if (tryTo(() => createSecureContext({ cert, key })) === undefined)
		return `TLS_CERT and TLS_KEY cannot be used for HTTPS: ${certFile}, ${keyFile}.`;
	return { cert, key };
}

function tryTo<T>(read: () => T): T | undefined {
	try {
		return read();
	} catch {
		return undefined;
	}
}
