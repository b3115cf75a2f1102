/** Left and right, Home and End move along a row of buttons. */
export function filterKeys(event: KeyboardEvent): void {
	const { currentTarget, target, key } = event;
	if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
	const buttons = [...currentTarget.querySelectorAll('button')];
	const at = buttons.findIndex((button) => button === target);
	const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: buttons.length - 1 }[key];
	const button = next === undefined ? undefined : buttons[next];
	if (button === undefined) return;
	event.preventDefault();
	button.focus();
}
