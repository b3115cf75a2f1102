/**
 * Who may amend or void what another person wrote. Staff correct each other's entries, with a reason. An
 * allergy or contraindication of another author goes, or becomes another one, only by a doctor: for
 * anybody else both are kept. The app hides with it; the server flags with it and never refuses.
 */
import type { Envelope } from '../book/envelope.ts';
import type { PersonId } from '../ids.ts';

export function mayCorrect(
	actor: { person: PersonId; role: string },
	target: Pick<Envelope, 'class' | 'author'>
): boolean {
	if (target.class !== 'safety') return true;
	return target.author.person === actor.person || actor.role === 'doctor';
}
