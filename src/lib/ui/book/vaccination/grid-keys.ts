/** Arrows, Home and End move between the doses of the grid; the Tab key still reaches every one. */
const STEPS: Record<string, [row: number, column: number]> = {
	ArrowUp: [-1, 0],
	ArrowDown: [1, 0],
	ArrowLeft: [0, -1],
	ArrowRight: [0, 1]
};

export function moveInGrid(event: KeyboardEvent): void {
	const { target, currentTarget } = event;
	if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return;
	const cells = [...currentTarget.querySelectorAll<HTMLElement>('[data-grid-row]')];
	const next = nextCell(cells, target, event.key);
	if (next === undefined) return;
	event.preventDefault();
	next.focus();
}

function nextCell(cells: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
	if (key === 'Home') return cells[0];
	if (key === 'End') return cells.at(-1);
	const step = STEPS[key];
	if (step === undefined || from.dataset['gridRow'] === undefined) return undefined;
	const [rowStep, columnStep] = step;
	const row = Number(from.dataset['gridRow']) + rowStep;
	const column = Number(from.dataset['gridColumn']) + columnStep;
	if (rowStep === 0) return cellAt(cells, row, column);
	// A shorter row: its last dose is the nearest.
	return cells.findLast(
		(cell) =>
			Number(cell.dataset['gridRow']) === row && Number(cell.dataset['gridColumn']) <= column
	);
}

function cellAt(cells: HTMLElement[], row: number, column: number): HTMLElement | undefined {
	return cells.find(
		(cell) =>
			Number(cell.dataset['gridRow']) === row && Number(cell.dataset['gridColumn']) === column
	);
}
