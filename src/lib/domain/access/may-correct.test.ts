import { describe, expect, it } from 'vitest';
import { roleSchema } from '../book/envelope.ts';
import { allergy, idOf, visit } from '../projections/stated.fixture.ts';
import type { PersonId } from '../ids.ts';
import { mayCorrect } from './may-correct.ts';

const person = (label: string) => idOf(label) as string as PersonId;
const rolesThatMay = (label: string, { envelope }: ReturnType<typeof visit>) =>
	roleSchema.options.filter((role) => mayCorrect({ person: person(label), role }, envelope));

describe('correcting what somebody wrote', () => {
	it('is open to everybody for a visit, with another author too', () => {
		expect(rolesThatMay('other', visit('cough', 'Ho'))).toEqual(roleSchema.options);
	});

	it('is for its author and for doctors when it is an allergy', () => {
		const penicillin = allergy('penicillin', 'Penicillin', { by: 'nurse' });
		expect(rolesThatMay('other', penicillin)).toEqual(['doctor']);
		expect(rolesThatMay('nurse', penicillin)).toEqual(roleSchema.options);
	});
});
