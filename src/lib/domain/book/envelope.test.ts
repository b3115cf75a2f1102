import { describe, expect, it } from 'vitest';
import {
	BASED_ON_MAX,
	envelopeUnknownKindSchema,
	envelopeV1Schema,
	facilityCodeSchema,
	RECORDED_MS_MAX
} from './envelope.ts';
import { envelopeNewerSchema } from './envelope-newer.ts';

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

describe('an envelope around a kind of a later version', () => {
	const later = { ...adds, kind: 'bodyMap', class: 'plan', effect: 'suspends', label: 'sealed' };

	it('may have a class, an effect and a label of its own', () => {
		expect(envelopeUnknownKindSchema.safeParse({ ...later, basedOn })).toMatchObject({
			success: true,
			data: { class: 'unknown', effect: 'unknown', label: 'unknown', basedOn }
		});
		expect(envelopeUnknownKindSchema.safeParse({ ...amends, kind: 'bodyMap' })).toMatchObject({
			success: true,
			data: { class: 'event', effect: 'replaces', label: 'general' }
		});
	});

	it('is version 1 in everything else', () => {
		for (const change of [{ class: 5 }, { label: 'Very secret' }, { remark: 'x' }, { body: [] }])
			expect(envelopeUnknownKindSchema.safeParse({ ...later, ...change }).success).toBe(false);
		const basisOfAdds = { ...adds, kind: 'bodyMap', basedOn };
		expect(envelopeUnknownKindSchema.safeParse(basisOfAdds).success).toBe(false);
	});
});

describe('an envelope of a later version', () => {
	const later = { ...adds, v: 2, alg: -50, urgency: 'high' };
	const understood = (change: Record<string, unknown>) =>
		envelopeNewerSchema.parse({ ...later, ...change });

	it.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['more about the author', { author: { ...adds.author, title: 'Dr' } }, { author: adds.author }],
		[
			'more about the writing',
			{ recorded: { ms: 1, counter: 0, z: 7 } },
			{ recorded: adds.recorded }
		],
		['another form of the writing', { recorded: 'today' }, { recorded: { ms: 0, counter: 0 } }],
		['a new class', { class: 'plan' }, { class: 'unknown' }],
		['a new effect', { effect: 'suspends', basedOn }, { effect: 'unknown', basedOn }],
		['labels as a list', { label: ['hiv'] }, { label: 'unknown' }],
		['no class, effect or label', { class: undefined, effect: undefined }, { effect: 'unknown' }],
		[
			'more about its basis',
			{ basedOn: [{ id: ID, fact: 'name', why: 1 }] },
			{ basedOn: [{ id: ID, fact: 'name' }] }
		],
		['a basis of another form beside one', { basedOn: [{ url: 'x' }, { id: ID }] }, { basedOn }],
		['a list as body', { body: [1] }, { book: ID }],
		['no body', { body: undefined }, { book: ID }],
		['a reason of another form', { reason: { vi: 'x' } }, { reason: undefined }],
		['a kind that is no word of ours', { kind: 'body-map.v2' }, { kind: 'body-map.v2' }],
		['a time with seconds', { occurred: '2026-11-24T08:40:30' }, { occurred: '2026-11-24T08:40' }],
		[
			'a time with our zone',
			{ occurred: '2026-11-24T08:40+07:00' },
			{ occurred: '2026-11-24T08:40' }
		],
		['a time of another zone', { occurred: '2026-11-24T01:40Z' }, { occurred: '2026-11-24' }],
		['a span of days', { occurred: '2026-11-24/2026-11-30' }, { occurred: '2026-11-24' }]
	])('may have %s', (_name, change, expected) => {
		expect(understood(change)).toMatchObject(expected);
		expect(understood(change)).not.toHaveProperty('isOccurredUnknown');
	});

	it('may state a time that is not readable: the day it was written down stands in', () => {
		const ms = Date.UTC(2026, 10, 23, 18);
		for (const occurred of ['20261124', { from: 1 }, 7, undefined])
			expect(understood({ occurred, recorded: { ms, counter: 0 } })).toMatchObject({
				occurred: '2026-11-24',
				isOccurredUnknown: true
			});
		for (const recordedMs of [0, RECORDED_MS_MAX])
			expect(understood({ occurred: 7, recorded: { ms: recordedMs, counter: 0 } })).toMatchObject({
				occurred: '1880',
				isOccurredUnknown: true
			});
	});

	it('still says which book it belongs to and who wrote it', () => {
		const { person, role, key } = adds.author;
		const authors = [undefined, 'nurse', { role, key }, { person, role }, { person, key }];
		for (const author of authors)
			expect(envelopeNewerSchema.safeParse({ ...later, author }).success).toBe(false);
		for (const field of ['v', 'book', 'kind'])
			expect(envelopeNewerSchema.safeParse({ ...later, [field]: undefined }).success).toBe(false);
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
