/** What was opened on a device, as it says itself before it asks for more. JSON, like everything in `api.ts`. */
import { z } from 'zod';
import { emergencyNoteSchema, emergencyReasonSchema } from '#lib/domain/access/emergency.ts';
import { isIdText } from '#lib/domain/ids.ts';

export const READS_PATH = '/api/reads';
export const READS_PER_REPORT_MAX = 100;

const idText = z.string().refine(isIdText, 'not-an-id');
const link = z
	.string()
	.length(43)
	.regex(/^[A-Za-z0-9_-]+$/);
const timeMs = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export const reportedReadSchema = z.strictObject({
	book: idText,
	person: idText,
	/** As far as the device knows the server's time. */
	atMs: timeMs,
	/** The facility's right had ended by then. */
	emergency: z.strictObject({ reason: emergencyReasonSchema, note: emergencyNoteSchema }).optional()
});

export const readsReportSchema = z.strictObject({
	/** The link of the chain before the first of these, and its number: 0 at the beginning. */
	after: z.strictObject({ n: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER), link }),
	reads: z.array(reportedReadSchema).min(1).max(READS_PER_REPORT_MAX),
	/** Of the device, over the end of the chain after the last of these; 64 bytes. */
	signature: z
		.string()
		.length(86)
		.regex(/^[A-Za-z0-9_-]+$/)
});
export type ReadsReportRequest = z.infer<typeof readsReportSchema>;
