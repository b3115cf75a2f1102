import { describe, expect, it } from 'vitest';
import {
	BASED_ON_MAX,
	envelopeNewerSchema,
	envelopeV1Schema,
	facilityCodeSchema,
	RECORDED_MS_MAX
} from './envelope.ts';

const ID = 'A'.repeat(22);
const adds = {
	v: 1,
	alg: -7,
	book: ID,
	kind: 'visit',
	schema: 1,
	class: 'event',
	effect: 'adds',
	label: 'general',
	occurred: '2026-11-24',
	recorded: { ms: 1, counter: 0 },
	author: { person: ID, role: 'nurse', facility: '01001', key: ID },
	body: {}
};
const basedOn = [{ id: ID }];
const amends = { ...adds, effect: 'replaces', basedOn, reason: 'wrong line' };

/** `path: code`, or nothing when it is taken. */
function refusal(envelope: Record<string, unknown>, schema = envelopeV1Schema) {
	const parsed = schema.safeParse(envelope);
	if (parsed.success) return undefined;
	const issue = parsed.error.issues[0];
	const code = issue?.code === 'custom' ? issue.message : issue?.code;
	return `${issue?.path.join('.') ?? ''}: ${code ?? ''}`;
}

describe('an envelope', () => {
	it('is taken as every kind of statement', () => {
		expect(refusal(adds)).toBeUndefined();
		expect(refusal(amends)).toBeUndefined();
		expect(refusal({ ...amends, effect: 'voids' })).toBeUndefined();
		expect(refusal({ ...amends, class: 'fact', effect: 'resolves' })).toBeUndefined();
		expect(refusal({ ...adds, label: 'restricted' })).toBeUndefined();
	});

	it.each(Object.keys(adds))('needs %s', (field) => {
		const { [field]: _left, ...rest } = adds as Record<string, unknown>;
		expect(refusal(rest)).toContain(`${field}:`);
	});

	it.each<[string, Record<string, unknown>, string]>([
		['another version', { v: 0 }, 'v: invalid_value'],
		['another algorithm', { alg: -8 }, 'alg: invalid_value'],
		['a book that is no id', { book: 'x' }, 'book: invalid_format'],
		['a kind that is no word', { kind: 'Visit!' }, 'kind: invalid_format'],
		['schema 0', { schema: 0 }, 'schema: too_small'],
		['schema 65536', { schema: 65_536 }, 'schema: too_big'],
		['another class', { class: 'thing' }, 'class: invalid_value'],
		['another effect', { effect: 'deletes' }, 'effect: invalid_value'],
		['another label', { label: 'secret' }, 'label: invalid_value'],
		['a date that does not exist', { occurred: '2026-02-30' }, 'occurred: no-such-date'],
		['a time before 1970', { recorded: { ms: -1, counter: 0 } }, 'recorded.ms: too_small'],
		[
			'a time no clock shows',
			{ recorded: { ms: RECORDED_MS_MAX + 1, counter: 0 } },
			'recorded.ms: too_big'
		],
		[
			'a fraction of a millisecond',
			{ recorded: { ms: 0.5, counter: 0 } },
			'recorded.ms: invalid_type'
		],
		['a counter too large', { recorded: { ms: 0, counter: 2 ** 32 } }, 'recorded.counter: too_big'],
		['a field too many', { remark: 'x' }, ': unrecognized_keys'],
		[
			'a field too many in recorded',
			{ recorded: { ms: 0, counter: 0, zone: 7 } },
			'recorded: unrecognized_keys'
		],
		[
			'an author without key',
			{ author: { person: ID, role: 'nurse' } },
			'author.key: invalid_type'
		],
		[
			'a role that is no word',
			{ author: { ...adds.author, role: 'Nurse' } },
			'author.role: invalid_format'
		],
		[
			'a facility code',
			{ author: { ...adds.author, facility: '1001' } },
			'author.facility: invalid_format'
		],
		['a body that is no map', { body: [] }, 'body: invalid_type']
	])('refuses %s', (_name, change, expected) => {
		expect(refusal({ ...adds, ...change })).toBe(expected);
	});

	it('takes a role and a kind of a later version', () => {
		expect(
			refusal({ ...adds, kind: 'bodyMap', author: { ...adds.author, role: 'pharmacist' } })
		).toBeUndefined();
	});

	it('takes a clock that is wrong by years', () => {
		for (const ms of [0, RECORDED_MS_MAX])
			expect(
				refusal({ ...adds, recorded: { ms, counter: 0, offset: -RECORDED_MS_MAX } })
			).toBeUndefined();
		expect(new Date(2 * RECORDED_MS_MAX).getTime()).not.toBeNaN();
	});

	it('names what it changes, and only then', () => {
		expect(refusal({ ...adds, basedOn })).toBe(': effect-without-basis');
		expect(refusal({ ...amends, basedOn: undefined })).toBe(': effect-without-basis');
		expect(refusal({ ...amends, basedOn: [] })).toBe('basedOn: too_small');
		const many = Array.from({ length: BASED_ON_MAX + 1 }, () => ({ id: ID }));
		expect(refusal({ ...amends, basedOn: many })).toBe('basedOn: too_big');
		expect(refusal({ ...amends, basedOn: [{ id: ID, fact: 'a b' }] })).toBe(
			'basedOn.0.fact: invalid_format'
		);
		expect(refusal({ ...amends, basedOn: [{ fact: 'name' }] })).toBe('basedOn.0.id: invalid_type');
	});

	it('gives a reason for every change but of a fact', () => {
		const silent = { ...amends, reason: undefined };
		expect(refusal(silent)).toBe(': reason-missing');
		expect(refusal({ ...silent, class: 'safety' })).toBe(': reason-missing');
		expect(refusal({ ...silent, effect: 'voids' })).toBe(': reason-missing');
		expect(refusal({ ...silent, class: 'fact', effect: 'resolves' })).toBe(': reason-missing');
		expect(refusal({ ...silent, class: 'fact' })).toBeUndefined();
		expect(refusal({ ...amends, reason: 'a'.repeat(501) })).toBe('reason: too_big');
	});
});

describe('an envelope of a later version', () => {
	const later = { ...adds, v: 2, alg: -50, urgency: 'high' };

	it('is taken with fields that this version does not know', () => {
		expect(envelopeNewerSchema.safeParse(later)).toMatchObject({
			success: true,
			data: { urgency: 'high' }
		});
	});

	it('still has what version 1 knows', () => {
		for (const field of ['book', 'kind', 'class', 'effect', 'occurred', 'recorded', 'author'])
			expect(envelopeNewerSchema.safeParse({ ...later, [field]: undefined }).success).toBe(false);
		expect(envelopeNewerSchema.safeParse({ ...later, v: 1 }).success).toBe(false);
	});
});

describe('a facility code', () => {
	it.each(['01001', 'A1B2C'])('is %s', (code) => {
		expect(facilityCodeSchema.safeParse(code).success).toBe(true);
	});
	it.each(['1001', '010011', 'a1001', '01 01', ''])('is not %j', (code) => {
		expect(facilityCodeSchema.safeParse(code).success).toBe(false);
	});
});
