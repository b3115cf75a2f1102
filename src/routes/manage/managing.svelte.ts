/** Who is signed in on the pages for managing, and which facility they look at. One object for all of them. */
import { reachOf, type ManagementAction } from '#lib/domain/access/management.ts';
import { formatSpan } from '#lib/i18n/format.ts';
import { t } from '#lib/i18n/messages/manage.ts';
import {
	MANAGE_PATHS,
	managerSchema,
	meAnswerSchema,
	type ManagerAnswer
} from '#lib/protocol/manage.ts';
import { ask, tell, type Answer, type Refusal } from './client.ts';
import { FACILITY_PARAMETER } from './paths.ts';

class Managing {
	/** Undefined until the server has answered; nobody: sign in. */
	manager = $state.raw<ManagerAnswer | 'nobody'>();
	isUnreachable = $state(false);

	/** Asks who is signed in, after a reload. */
	async start(): Promise<void> {
		this.isUnreachable = false;
		const answer = await ask(MANAGE_PATHS.me, {}, meAnswerSchema);
		if (answer.type === 'answered') this.manager = answer.value.manager ?? 'nobody';
		else this.isUnreachable = true;
	}

	async signIn(login: string, password: string): Promise<string | undefined> {
		const answer = await ask(MANAGE_PATHS.signIn, { login, password }, managerSchema);
		if (answer.type === 'answered') {
			this.manager = answer.value;
			return undefined;
		}
		if (answer.type === 'refused' && answer.code === 'sign-in-failed') return t.signIn.wrong;
		if (answer.type === 'refused' && answer.code === 'not-allowed') return t.signIn.nothing;
		return wordsOf(answer);
	}

	async changePassword(old: string, wanted: string): Promise<string | undefined> {
		const answer = this.hear(await ask(MANAGE_PATHS.password, { old, new: wanted }, managerSchema));
		if (answer.type === 'answered') {
			this.manager = answer.value;
			return undefined;
		}
		if (answer.type === 'refused' && answer.code === 'sign-in-failed') return t.password.wrong;
		if (answer.type === 'refused' && ['weak-password', 'schema'].includes(answer.code))
			return t.password.weak;
		return wordsOf(answer);
	}

	async signOut(): Promise<void> {
		// Also without a network this page shows nothing any more; the session ends by itself soon.
		this.manager = 'nobody';
		await tell(MANAGE_PATHS.signOut, {});
	}

	/** Somebody whose session is over signs in again. */
	hear<T>(answer: Answer<T>): Answer<T> {
		if (answer.type === 'refused' && answer.code === 'signed-out') this.manager = 'nobody';
		return answer;
	}

	may(action: ManagementAction): boolean {
		return this.#reach(action) !== undefined;
	}

	mayEverywhere(action: ManagementAction): boolean {
		return this.#reach(action) === 'every-facility';
	}

	#reach(action: ManagementAction): ReturnType<typeof reachOf> {
		const manager = this.manager;
		if (manager === undefined || manager === 'nobody') return undefined;
		const { role, facility } = manager;
		return reachOf({ role, facility: facility.code }, action, 0);
	}

	/** The facility of this address, else one's own. */
	facilityOf(url: URL): string {
		const own = this.manager;
		const asked = url.searchParams.get(FACILITY_PARAMETER);
		if (asked !== null && /^[0-9A-Z]{5}$/.test(asked)) return asked;
		return own === undefined || own === 'nobody' ? '' : own.facility.code;
	}
}

/** Why something was not done, and that nothing changed. */
export function wordsOf(refusal: Refusal): string {
	if (refusal.type === 'unreachable') return t.trouble.unreachable;
	const { code, retryAfterSeconds = 30 } = refusal;
	if (code === 'too-many-attempts') return t.trouble.wait(formatSpan(retryAfterSeconds * 1_000));
	if (code === 'busy' || code === 'not-found' || code === 'not-allowed') return t.trouble[code];
	return t.trouble.failed;
}

export const managing = new Managing();
