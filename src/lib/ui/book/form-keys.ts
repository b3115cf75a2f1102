/**
 * Enter inside a field does not sign: scanners end with it, and a gloved finger finds it by accident. The
 * button does, and Ctrl Enter from anywhere in the form. For `{@attach signOnlyOnPurpose}`.
 */
export function signOnlyOnPurpose(form: HTMLFormElement): () => void {
	const listen = (event: KeyboardEvent): void => guardEnter(form, event);
	form.addEventListener('keydown', listen);
	return () => form.removeEventListener('keydown', listen);
}

function guardEnter(form: HTMLFormElement, event: KeyboardEvent): void {
	if (event.key !== 'Enter') return;
	const { target } = event;
	if (event.ctrlKey || event.metaKey) {
		event.preventDefault();
		form.requestSubmit();
	} else if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement)
		event.preventDefault();
}
