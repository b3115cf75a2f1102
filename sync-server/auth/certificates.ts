/**
 * Certificates that come back, from the certificate log or from devices. A store restored from an older
 * backup has lost the devices and keys enrolled since; what the issuing key signed is taken in again,
 * anything else is ignored.
 */
import type { Verifier } from '#lib/entry/signing.ts';
import {
	certificateToSign,
	readCertificate,
	type CertificateContent,
	type DeviceCertificate,
	type PersonCertificate
} from '#lib/protocol/certificate.ts';
import type { Certificate } from '#lib/protocol/messages.ts';
import type { ServerStorage } from '../storage/storage.ts';

export interface CertificateDeps {
	storage: ServerStorage;
	verify: Verifier;
	/** Public half of the issuing key, 65 bytes. */
	issuingKey: Uint8Array;
	/** Keys that signed before it. What one of them signs counts only where it was given out while it was in use:
	 * whoever has stolen it vouches for nothing new. */
	former?:
		| { keys: readonly Uint8Array[]; hasGiven: (certificateBytes: Uint8Array) => boolean }
		| undefined;
}

/** What a certificate says, if the issuing key signed it, or one before it did in its time. */
export async function readGenuineCertificate(
	deps: Pick<CertificateDeps, 'verify' | 'issuingKey' | 'former'>,
	certificate: Certificate
): Promise<CertificateContent | undefined> {
	const content = readCertificate(certificate.bytes);
	if (content === undefined) return undefined;
	const toSign = certificateToSign(certificate.bytes);
	const isSignedBy = (key: Uint8Array) => deps.verify(key, toSign, certificate.signature);
	if (await isSignedBy(deps.issuingKey)) return content;
	if (deps.former?.hasGiven(certificate.bytes) !== true) return undefined;
	for (const key of deps.former.keys) if (await isSignedBy(key)) return content;
	return undefined;
}

/** Registers what genuine certificates say and the store does not know. Never changes what it knows.
 * Signatures of those it knows are not asked about, so a long log costs little at the start. */
export async function registerCertificates(
	deps: CertificateDeps,
	certificates: readonly Certificate[]
): Promise<void> {
	for (const certificate of certificates) {
		const stated = readCertificate(certificate.bytes);
		if (stated === undefined || (await isRegistered(deps.storage, stated))) continue;
		const content = await readGenuineCertificate(deps, certificate);
		if (content?.subject === 'device') await registerDevice(deps.storage, content);
		if (content?.subject === 'person') await registerPersonKey(deps.storage, content);
	}
}

async function isRegistered(storage: ServerStorage, content: CertificateContent): Promise<boolean> {
	if (content.subject === 'device') return (await storage.findDevice(content.device)) !== undefined;
	return (await storage.findPersonKey(content.key)) !== undefined;
}

/** The number it was given once is not given to another device: it stands in printed codes. */
export async function registerDevice(
	storage: ServerStorage,
	content: DeviceCertificate
): Promise<void> {
	if ((await storage.findDevice(content.device)) !== undefined) return;
	while ((await storage.nextDeviceNumber(content.facility)) < content.number);
	await storage.putDevice({
		device: content.device,
		number: content.number,
		facility: content.facility,
		key: content.publicKey,
		createdMs: content.fromMs,
		isBlocked: false
	});
}

async function registerPersonKey(
	storage: ServerStorage,
	content: PersonCertificate
): Promise<void> {
	if ((await storage.findPersonKey(content.key)) !== undefined) return;
	const { subject: _subject, ...key } = content;
	await storage.putPersonKey(key);
}
