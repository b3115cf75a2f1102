/** Forms that one person writes alone: a dose, an allergy, facts, a new person, a correction. */
import type { FormDrafts, FormName } from '#lib/domain/book/form-drafts.ts';
import { encodeFormDraft } from '#lib/entry/draft-codec.ts';
import type { DraftKey } from '#lib/storage/port.ts';
import type { UseCaseDeps } from '#lib/use-cases/deps.ts';
import {
	endsDraftOf,
	keptForm,
	listFormDrafts,
	type DraftName,
	type FormLine
} from '#lib/use-cases/drafts.ts';
import type { EndsDraft } from '#lib/use-cases/save-entry.ts';
import { begun, orGoOn, type DraftWriter } from './draft-writer.ts';

export function createFormDesk(
	deps: Pick<UseCaseDeps, 'storage' | 'vault' | 'clock' | 'people'>,
	writer: DraftWriter
) {
	const { storage, vault, clock } = deps;

	function keyOf(name: DraftName): DraftKey | undefined {
		const person = vault.session()?.staff.person;
		return person && { person, ...endsDraftOf(name) };
	}

	return {
		openForm: async (name: DraftName) => {
			const key = keyOf(name);
			return key === undefined
				? { type: 'none' as const }
				: keptForm(name.form, await begun({ storage }, writer, key));
		},
		keepForm: (name: DraftName, typed: FormDrafts[FormName] | undefined): void => {
			const key = keyOf(name);
			const bytes = () => typed && encodeFormDraft(name.form, typed);
			if (key !== undefined) writer.put({ key, bytes, changedMs: clock.nowMs() });
		},
		discardForm: async (name: DraftName): Promise<void> => {
			const key = keyOf(name);
			if (key === undefined) return;
			await writer.end(key);
			await storage.removeDraft(key);
		},
		listForms: async (): Promise<FormLine[]> => {
			await writer.flush();
			return listFormDrafts(deps);
		},
		whileRecording: async <T extends { type: string }>(
			name: DraftName | undefined,
			save: (ends?: EndsDraft) => Promise<T>
		): Promise<T> => {
			const key = name && keyOf(name);
			if (name === undefined || key === undefined) return save();
			await writer.flush();
			await writer.end(key);
			return orGoOn(writer, key, () => save(endsDraftOf(name)));
		}
	};
}
