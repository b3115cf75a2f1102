/** The books of this station that were opened in an emergency, and what colleagues say of each afterwards. */
import type { EmergencyVerdict } from '#lib/domain/access/emergency.ts';
import type { BookId } from '#lib/domain/ids.ts';
import { emergencyReviewRequestSchema, type EmergencyList } from '#lib/protocol/api.ts';
import type { UseCaseDeps } from './deps.ts';
import type { ReviewOutcome } from './review-refused.ts';

export type EmergencyLine = EmergencyList['emergencies'][number] & {
	/** Name of the person when their book is on this device. */
	personName?: string;
};

export type EmergenciesOutcome =
	| { type: 'listed'; emergencies: EmergencyLine[] }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string };

export interface EmergencyDecision {
	number: number;
	verdict: EmergencyVerdict;
	note?: string;
}

const NOT_SIGNED_IN = { type: 'refused', code: 'not-signed-in' } as const;

export async function listEmergencies(deps: UseCaseDeps): Promise<EmergenciesOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const answer = await deps.server.listEmergencies({ actor: session.staff.person }, device.token);
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	if (answer.type === 'refused') return answer;
	// Locked meanwhile: no name leaves the worker.
	if (deps.vault.session() === undefined) return NOT_SIGNED_IN;
	const emergencies = answer.value.emergencies.map((one) => {
		const id: string = one.book;
		const personName = deps.people.get(id as BookId)?.names[0];
		return personName === undefined ? one : { ...one, personName };
	});
	return { type: 'listed', emergencies };
}

export async function reviewEmergency(
	deps: UseCaseDeps,
	decision: EmergencyDecision
): Promise<ReviewOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined) return NOT_SIGNED_IN;
	const request = emergencyReviewRequestSchema.safeParse({
		...decision,
		actor: session.staff.person
	});
	if (!request.success) return { type: 'refused', code: 'schema' };
	const answer = await deps.server.reviewEmergency(request.data, device.token);
	if (answer.type === 'unreachable') return { type: 'network-needed' };
	return answer.type === 'refused' ? answer : { type: 'decided' };
}
