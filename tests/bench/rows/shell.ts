/** JavaScript that travels before a new tablet can be used: the built app from the real server until its sign-in screen. */
import { startFront, type Passed } from '../browser/front.ts';
import { newProfile } from '../browser/lab.ts';
import { openBrowser } from '../browser/slow-browser.ts';
import { atMost, type BenchRow } from '../row.ts';
import { withServer } from '../store.ts';

const KB_MAX = 250;
const BIGGEST_SHOWN = 6;

export const shellRow: BenchRow = {
	name: 'shell',
	measure: () =>
		withServer(async (server) => {
			const front = await startFront({ server: server.url });
			const browser = await openBrowser({ profile: newProfile(), slow: false });
			await browser.page.goto(`${front.url}/clinic`);
			await browser.page.locator('input').first().waitFor({ state: 'visible' });
			await browser.page.waitForLoadState('networkidle');
			const passed = front.takePassed();
			await browser.close();
			front.close();
			return [
				atMost(
					'JavaScript before the sign-in screen',
					kilobytes(passed, ['.js']),
					KB_MAX,
					'kB',
					noteOf(passed)
				)
			];
		})
};

function noteOf(passed: Passed[]): string {
	const scripts = passed.filter(({ path }) => path.endsWith('.js'));
	const biggest = [...scripts].sort((a, b) => b.bytesDown - a.bytesDown).slice(0, BIGGEST_SHOWN);
	const names = biggest.map(
		({ path, bytesDown }) =>
			`${path.split('/immutable/').at(-1) ?? path} ${(bytesDown / 1000).toFixed(1)}`
	);
	const others = kilobytes(passed, ['.css']).toFixed(0);
	const fonts = kilobytes(passed, ['.woff2']).toFixed(0);
	return `${scripts.length} files, page and worker, without the service worker's precache; biggest (kB): ${names.join(', ')}; apart: styles ${others} kB, fonts ${fonts} kB`;
}

function kilobytes(passed: Passed[], endings: string[]): number {
	return (
		passed
			.filter(({ path }) => endings.some((ending) => path.endsWith(ending)))
			.reduce((sum, { bytesDown }) => sum + bytesDown, 0) / 1000
	);
}
