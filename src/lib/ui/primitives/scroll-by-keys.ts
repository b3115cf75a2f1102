/**
 * A region that scrolls takes the focus, so that keys can scroll it even when nothing in it does; one
 * that shows everything is passed over by Tab. For `{@attach scrollByKeys}`.
 */
export function scrollByKeys(region: HTMLElement): () => void {
	const update = (): void => {
		if (region.scrollHeight > region.clientHeight) region.tabIndex = 0;
		else region.removeAttribute('tabindex');
	};
	const observer = new ResizeObserver(update);
	observer.observe(region);
	for (const part of region.children) observer.observe(part);
	return () => observer.disconnect();
}
