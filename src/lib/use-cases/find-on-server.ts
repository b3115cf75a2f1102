import type { PartialDate } from '#lib/domain/time/clinical-time.ts';
import type { FoundPerson } from '#lib/protocol/api.ts';
import { findRequestSchema } from '#lib/protocol/api.ts';
import type { UseCaseDeps } from './deps.ts';

export type FindOutcome =
	| { type: 'found'; people: FoundPerson[] }
	| { type: 'network-needed' }
	| { type: 'refused'; code: string };

/** Asks the server for somebody who is not on this device: exact questions only. */
export async function findOnServer(
	deps: UseCaseDeps,
	question: { identifier: string } | { name: string; birthDate: PartialDate }
): Promise<FindOutcome> {
	const session = deps.vault.session();
	const device = await deps.vault.readDevice();
	if (session === undefined || device === undefined)
		return { type: 'refused', code: 'not-signed-in' };
	const request = findRequestSchema.safeParse({ ...question, actor: session.staff.person });
	if (!request.success) return { type: 'refused', code: 'schema' };
	const answer = await deps.server.findPeople(request.data, device.token);
	switch (answer.type) {
		case 'answered':
			return { type: 'found', people: answer.value };
		case 'unreachable':
			return { type: 'network-needed' };
		case 'refused':
			return { type: 'refused', code: answer.code };
	}
}
