/**
 * Opening a book that is none of one's facility's because there is no time to ask: for a few hours, with a reason from
 * a short list and one sentence, known to the person and looked at by colleagues. Few, so that it stays what it is for.
 */
import { z } from 'zod';
import { lineSchema } from '../text/text.ts';

export const EMERGENCY_REASONS = [
	/** The person cannot say who they are or agree. */
	'unconscious',
	/** Life or limb is in danger and there is no time to ask. */
	'life-in-danger',
	/** A child, or somebody who cannot decide, without whoever looks after them. */
	'without-guardian'
] as const;
export type EmergencyReason = (typeof EMERGENCY_REASONS)[number];
export const emergencyReasonSchema = z.enum(EMERGENCY_REASONS);

export const EMERGENCY_MS = 4 * 60 * 60_000;
export const EMERGENCIES_PER_DAY_MAX = 5;

const NOTE_LENGTH_MIN = 10;
export const EMERGENCY_NOTE_LENGTH_MAX = 200;
/** A sentence: "x" says nothing to whoever looks at it. */
export const emergencyNoteSchema = lineSchema(EMERGENCY_NOTE_LENGTH_MAX).refine(
	(text) => text.length >= NOTE_LENGTH_MIN,
	'too-short'
);

/** What a colleague says of it afterwards. */
export const EMERGENCY_VERDICTS = [
	/** There was no time to ask. */
	'justified',
	/** It is to be asked about. */
	'questioned'
] as const;
export type EmergencyVerdict = (typeof EMERGENCY_VERDICTS)[number];
export const emergencyVerdictSchema = z.enum(EMERGENCY_VERDICTS);
export const EMERGENCY_REVIEW_NOTE_LENGTH_MAX = 200;
