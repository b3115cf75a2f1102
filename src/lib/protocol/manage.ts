/**
 * What the pages for managing ask: POST with JSON, behind a cookie that no script can read. Nothing here is about a
 * patient. What is managed is named by ids of devices and accounts.
 */
import { z } from 'zod';
import { isIdText } from '#lib/domain/ids.ts';
import { facilityCodeSchema, roleSchema } from '#lib/domain/book/envelope.ts';
import { lineSchema } from '#lib/domain/text/text.ts';
import { facilitySchema, loginNameSchema, PASSWORD_LENGTH_MAX, passwordSchema } from './api.ts';
import { deviceReportSchema } from './devices.ts';

export const MANAGE_PATHS = {
	signIn: '/api/manage/sign-in',
	signOut: '/api/manage/sign-out',
	me: '/api/manage/me',
	password: '/api/manage/password',
	facilities: '/api/manage/facilities',
	tablets: '/api/manage/tablets',
	tabletCode: '/api/manage/tablets/code',
	tabletBlock: '/api/manage/tablets/block',
	tabletWipe: '/api/manage/tablets/wipe',
	tabletLabel: '/api/manage/tablets/label',
	staff: '/api/manage/staff',
	staffAdd: '/api/manage/staff/add',
	staffEnd: '/api/manage/staff/end',
	staffReset: '/api/manage/staff/reset',
	staffPasskeys: '/api/manage/staff/passkeys/remove'
} as const;

const idText = z.string().refine(isIdText, 'not-an-id');
const timeMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const count = z.number().int().min(0);
export const manageSignInSchema = z.strictObject({
	login: loginNameSchema,
	password: passwordSchema
});
export type ManageSignIn = z.infer<typeof manageSignInSchema>;

export const managerSchema = z.strictObject({
	person: idText,
	name: lineSchema(120),
	role: roleSchema,
	facility: facilitySchema,
	/** The password was given by somebody else: nothing can be done until there is another one. */
	mustChangePassword: z.boolean()
});
export type ManagerAnswer = z.infer<typeof managerSchema>;

/** Nobody is no refusal: it is what is asked. */
export const meAnswerSchema = z.strictObject({ manager: managerSchema.nullable() });

export const emptyRequestSchema = z.strictObject({});
export const passwordChangeSchema = z.strictObject({
	old: passwordSchema,
	/** How good it is, is judged where it is set. */
	new: passwordSchema
});

export const ofFacilitySchema = z.strictObject({ facility: facilityCodeSchema });
export type OfFacility = z.infer<typeof ofFacilitySchema>;

export const facilityLineSchema = z.strictObject({
	facility: facilitySchema,
	tablets: count,
	staff: count,
	/** Entries that its tablets last said were waiting. */
	waiting: count,
	/** Tablets in use that have not been heard of for longer than `SILENT_MS`. */
	silent: count
});
export type FacilityLine = z.infer<typeof facilityLineSchema>;
export const facilitiesAnswerSchema = z.strictObject({
	facilities: z.array(facilityLineSchema).max(20_000)
});

/** A tablet that nobody has heard of for so long stands out. */
export const SILENT_MS = 7 * 24 * 60 * 60_000;

export const tabletSchema = z.strictObject({
	device: idText,
	number: z.number().int().min(1),
	label: lineSchema(60).optional(),
	createdMs: timeMs,
	/** Server time of what it last said of itself. */
	lastContactMs: timeMs.optional(),
	lastPersonName: lineSchema(120).optional(),
	report: deviceReportSchema.omit({ lastPerson: true }).optional(),
	isBlocked: z.boolean(),
	endedMs: timeMs.optional(),
	wipe: z.strictObject({ askedMs: timeMs, doneMs: timeMs.optional() }).optional()
});
export type Tablet = z.infer<typeof tabletSchema>;
export const tabletsAnswerSchema = z.strictObject({
	facility: facilitySchema,
	tablets: z.array(tabletSchema).max(1_000),
	/** Server time of this answer: everything above is measured against it. */
	nowMs: timeMs
});
export type TabletsAnswer = z.infer<typeof tabletsAnswerSchema>;

export const enrolmentCodeAnswerSchema = z.strictObject({
	code: z.string().max(40),
	expiresMs: timeMs,
	nowMs: timeMs
});
export type EnrolmentCodeAnswer = z.infer<typeof enrolmentCodeAnswerSchema>;

const ofTablet = { facility: facilityCodeSchema, device: idText };
export const tabletBlockSchema = z.strictObject({ ...ofTablet, isBlocked: z.boolean() });
export type TabletBlock = z.infer<typeof tabletBlockSchema>;
/** `number`: typed by whoever asks, so that it is this very tablet. */
export const tabletWipeSchema = z.strictObject({
	...ofTablet,
	number: z.number().int().min(1).max(999)
});
export type TabletWipe = z.infer<typeof tabletWipeSchema>;
export const tabletLabelSchema = z.strictObject({ ...ofTablet, label: lineSchema(60).optional() });
export type TabletLabel = z.infer<typeof tabletLabelSchema>;

export const staffMemberSchema = z.strictObject({
	person: idText,
	login: loginNameSchema,
	name: lineSchema(120),
	role: roleSchema,
	untilMs: timeMs.optional(),
	/** How many there are. */
	passkeys: count,
	/** Whoever asks may end it or give a new start password. */
	isManaged: z.boolean()
});
export type StaffMember = z.infer<typeof staffMemberSchema>;
export const staffAnswerSchema = z.strictObject({
	facility: facilitySchema,
	staff: z.array(staffMemberSchema).max(10_000),
	/** Which roles whoever asks may give. */
	roles: z.array(roleSchema),
	nowMs: timeMs
});
export type StaffAnswer = z.infer<typeof staffAnswerSchema>;

export const staffAddSchema = z.strictObject({
	facility: facilityCodeSchema,
	login: loginNameSchema,
	name: lineSchema(120),
	role: roleSchema
});
export type StaffAdd = z.infer<typeof staffAddSchema>;
export const ofPersonSchema = z.strictObject({ facility: facilityCodeSchema, person: idText });
export type OfPerson = z.infer<typeof ofPersonSchema>;

/** Shown once; only its hash is kept. */
export const startPasswordSchema = z.strictObject({
	password: z.string().max(PASSWORD_LENGTH_MAX)
});
export type StartPassword = z.infer<typeof startPasswordSchema>;
