/** What the vault keeps in the key rows of this device, and how a row becomes a record again. */
import { z } from 'zod';
import { roleSchema } from '#lib/domain/book/envelope.ts';
import { isIdText, type DeviceId, type KeyId, type PersonId } from '#lib/domain/ids.ts';
import type { BookStorage } from '#lib/storage/port.ts';

export type KeyStore = Pick<BookStorage, 'readKey' | 'listKeys' | 'writeKey'>;

const idText = z.string().refine(isIdText, 'not-an-id');
export const keyIdSchema = idText.transform((text) => text as KeyId);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
/** Nothing there would mean that the browser lost the key: then there is no record. */
const opaqueKey = z.custom<object>((value) => typeof value === 'object' && value !== null);

export const signingKeySchema = z.strictObject({ privateKey: opaqueKey, publicKey: bytes });

export const pinCostSchema = z.strictObject({
	memory_KiB: z.number().int().min(1),
	passes: z.number().int().min(1)
});

export const attemptsSchema = z.strictObject({
	wrong: z.number().int().min(0),
	wait: z.strictObject({ sinceMs: z.number(), durationMs: z.number().min(0) }).optional()
});

export const deviceSchema = z.strictObject({
	id: idText.transform((text) => text as DeviceId),
	/** 1, 2, ... within the facility. */
	number: z.number().int().min(1),
	/** Bearer token. */
	token: z.string(),
	facility: z.looseObject({ code: z.string() })
});

/** The server's word that a key is a person's: canonical bytes and the issuing key's signature. */
export const certificateSchema = z.strictObject({ bytes, signature: bytes });
export type Certificate = z.infer<typeof certificateSchema>;

const staffShape = {
	person: idText.transform((text) => text as PersonId),
	name: z.string(),
	role: roleSchema,
	/** Empty: it was handed to another person, and this one signs in here no more. */
	login: z.string(),
	lastUsedMs: z.number(),
	publicKey: bytes,
	certificate: certificateSchema
};
export const staffSchema = z.strictObject(staffShape);
export const storedStaffSchema = z.strictObject({
	...staffShape,
	/** Gone after too many wrong PINs: this person signs in at the server. */
	slot: z
		.strictObject({
			salt: bytes,
			cost: pinCostSchema,
			sealed: bytes,
			/** Opens it beside the PIN; absent: the server's pepper does. */
			passkey: z.strictObject({ credential: z.string(), salt: bytes }).optional()
		})
		.optional()
});

/** What the server adds to a person's PIN, until the lease ends by the clock of this device. */
export const pepperSchema = z.strictObject({
	pepper: bytes.optional(),
	untilMs: z.number(),
	renewedMs: z.number().optional(),
	/** The server lets this person in no more: their slot is gone. */
	isEnded: z.literal(true).optional()
});

/** The latest time this device has seen: turning its clock back makes no lease longer. */
export const latestSchema = z.strictObject({ latestMs: z.number() });

export const sealingKeySchema = z.strictObject({ publicKey: bytes });

/** By which a data key is recognised, without being told. */
export const dataKeyMarkSchema = z.strictObject({ mark: bytes });

export type DeviceRecord = z.infer<typeof deviceSchema>;
export type StaffRecord = z.infer<typeof staffSchema>;
export type StoredStaff = z.infer<typeof storedStaffSchema>;

/** The record of a row; nothing when there is no row. Throws when the row is not what was written. */
export async function readRecord<T>(
	store: KeyStore,
	id: string,
	schema: z.ZodType<T>
): Promise<T | undefined> {
	const row = await store.readKey(id);
	return row === undefined ? undefined : schema.parse(row.value);
}
