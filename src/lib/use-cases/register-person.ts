/**
 * A person who is met for the first time: a new book with its facts, and for a child who looks after it,
 * what was measured at birth and the doses given at once. All of it is stored, or nothing: half a person
 * would be registered again.
 */
import { factsSchema, statedFacts, type Facts } from '#lib/domain/book/facts.ts';
import type { Immunization } from '#lib/domain/book/immunization.ts';
import { measurementsSchema, type Measurements } from '#lib/domain/book/measurements.ts';
import { guardianLinkSchema, type GuardianLink } from '#lib/domain/book/other-kinds.ts';
import { bytesToId, createUuidV7, type BookId } from '#lib/domain/ids.ts';
import { clinicalTimeOf, type ClinicalTime } from '#lib/domain/time/clinical-time.ts';
import {
	checkAfterBirth,
	checkBirthDate,
	checkSchema,
	invalid,
	type Invalid
} from './check-input.ts';
import type { UseCaseDeps } from './deps.ts';
import { checkDose } from './check-content.ts';
import { latestNow } from './latest-now.ts';
import {
	orNotStored,
	saveTogether,
	type EndsDraft,
	type JointAct,
	type Part,
	type SaveOutcome,
	type Statement
} from './save-entry.ts';

/** A person to register: facts, and for a child who looks after them. */
export interface NewPerson {
	facts: Facts;
	guardian?: GuardianLink;
	/** Weight and length at birth: one observation, which happened at the stated birth. */
	measurements?: Measurements;
	/** What is given at once, for a newborn. */
	doses?: { immunization: Immunization; occurred: ClinicalTime }[];
	/** Look-alikes of which somebody said that they are other people. */
	different?: BookId[];
	/** Give a temporary code when there is no identifier yet. */
	issueTemporaryCode: boolean;
}

export const DOSES_AT_REGISTRATION_MAX = 10;
const DIFFERENT_MAX = 50;

/** Answers with the id of the facts entry. */
export async function registerPerson(
	deps: UseCaseDeps,
	person: NewPerson,
	endsDraft?: EndsDraft
): Promise<SaveOutcome> {
	const wrong = checkPerson(person, await latestNow(deps));
	return wrong ?? orNotStored(() => register(deps, person, endsDraft));
}

async function register(
	deps: UseCaseDeps,
	person: NewPerson,
	endsDraft: EndsDraft | undefined
): Promise<SaveOutcome> {
	if (deps.vault.session() === undefined) return { type: 'not-signed-in' };
	const nowMs = deps.clock.nowMs();
	const book = bytesToId<BookId>(createUuidV7(nowMs, (count) => deps.randomBytes(count)));
	const facts = await withTemporaryCode(deps, person);
	const [first, ...others] = statementsOf({ ...person, facts }, clinicalTimeOf(nowMs));
	const toPart = (statement: Statement): Part => ({ book, state: () => statement });
	const act: JointAct = () => [toPart(first), ...others.map(toPart)];
	const outcome = await saveTogether(deps, [book], act, { isNewBook: true, endsDraft });
	return outcome.type === 'saved' ? { type: 'saved', ...outcome.entries[0] } : outcome;
}

function statementsOf(person: NewPerson, now: ClinicalTime): [Statement, ...Statement[]] {
	const { facts, guardian, measurements, doses = [], different = [] } = person;
	const statements: [Statement, ...Statement[]] = [{ kind: 'facts', body: facts, occurred: now }];
	if (guardian !== undefined)
		statements.push({ kind: 'guardianLink', body: guardian, occurred: now });
	if (measurements !== undefined)
		statements.push({
			kind: 'observation',
			body: { measurements },
			occurred: facts.birthDate ?? now
		});
	for (const { immunization, occurred } of doses)
		statements.push({ kind: 'immunization', body: immunization, occurred });
	for (const other of different)
		statements.push({ kind: 'differentPerson', body: { other }, occurred: now });
	return statements;
}

function checkPerson(person: NewPerson, nowMs: number): Invalid | undefined {
	const { facts, guardian, measurements, doses = [], different = [] } = person;
	if (facts.name === undefined) return invalid('facts.name', 'required');
	if (measurements !== undefined && facts.birthDate === undefined)
		return invalid('facts.birthDate', 'required');
	if (different.length > DIFFERENT_MAX) return invalid('different', 'too-many');
	if (doses.length > DOSES_AT_REGISTRATION_MAX) return invalid('doses', 'too-many');
	return (
		checkSchema(factsSchema, facts, 'facts') ??
		checkBirthDate(facts.birthDate, nowMs, 'facts.birthDate') ??
		(guardian && checkSchema(guardianLinkSchema, guardian, 'guardian')) ??
		(measurements && checkSchema(measurementsSchema, measurements, 'measurements')) ??
		checkDoses(doses, facts.birthDate, nowMs)
	);
}

function checkDoses(
	doses: NonNullable<NewPerson['doses']>,
	birthDate: ClinicalTime | undefined,
	nowMs: number
): Invalid | undefined {
	const births = birthDate === undefined ? [] : [birthDate];
	for (const [at, { immunization, occurred }] of doses.entries()) {
		const path = `doses.${at}.`;
		const wrong =
			checkDose(immunization, occurred, nowMs, path) ??
			checkAfterBirth(occurred, births, `${path}occurred`);
		if (wrong !== undefined) return wrong;
	}
	return undefined;
}

async function withTemporaryCode(deps: UseCaseDeps, person: NewPerson): Promise<Facts> {
	const hasIdentifier = statedFacts(person.facts).some((fact) => fact.startsWith('identifier.'));
	const device = await deps.vault.readDevice();
	if (!person.issueTemporaryCode || hasIdentifier || device === undefined) return person.facts;
	const value = await deps.giveTemporaryCode(device);
	return { ...person.facts, 'identifier.temporary': { value, source: 'issued-here' } };
}
