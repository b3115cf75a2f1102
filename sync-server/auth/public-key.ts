import { createPublicKey } from 'node:crypto';
import { PUBLIC_KEY_BYTES } from '#lib/entry/signing.ts';
import { base64urlToBytes, bytesToBase64url } from '#lib/protocol/certificate.ts';

/** An uncompressed point of P-256 as base64url; nothing where it is not on the curve. */
export function readPublicKey(text: string): Uint8Array | undefined {
	const point = base64urlToBytes(text);
	return point !== undefined && isPointOnCurve(point) ? point : undefined;
}

function isPointOnCurve(point: Uint8Array): boolean {
	if (point.length !== PUBLIC_KEY_BYTES || point[0] !== 4) return false;
	const x = bytesToBase64url(point.subarray(1, 33));
	const y = bytesToBase64url(point.subarray(33));
	try {
		createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
		return true;
	} catch {
		return false;
	}
}
