import { describe, expect, it } from 'vitest';
import { createLog, failureOf } from './log.ts';

const NAME = 'Nguyễn Thị Zqxbí';

function lineOf(error: unknown): string {
	const lines: string[] = [];
	createLog((line) => lines.push(line)).failure(failureOf(error));
	return lines.join('\n');
}

describe('a line of the log', () => {
	it('has the places of a failure and nothing of its text, also where the text looks like a place', () => {
		for (const text of [
			NAME,
			`no such person\n    at ${NAME} (/home/x.ts:1:1)`,
			`\n    at ${NAME}`,
			`x\r\n\tat ${NAME}\n2026-11-30 FAILURE forged`
		]) {
			const line = lineOf(new TypeError(text));
			expect(line).not.toContain('Zqxbí');
			expect(line).not.toContain('forged');
			expect(line).toMatch(/^FAILURE TypeError\n {4}at .*log\.test\.ts/);
		}
	});

	it('has nothing of a text that was put into the error afterwards', () => {
		const error = new Error('before');
		error.message = `after\n    at ${NAME}`;
		expect(lineOf(error)).not.toContain('Zqxbí');
		const stacked = new Error('');
		stacked.stack = `Error: other\n    at ${NAME}`;
		stacked.message = 'unlike the stack';
		expect(lineOf(stacked)).toBe('FAILURE Error');
	});

	it('stays one line and one word where an error has a name or a code of somebody else’s making', () => {
		const error = Object.assign(new Error('x'), {
			name: `Er\nFAILURE ${NAME}`,
			code: 'E\r\nGET /api/health 200'
		});
		error.stack = '';
		expect(lineOf(error)).toBe('FAILURE ErFAILURENguynThZqxb EGETapihealth200');
		expect(lineOf(`${NAME}\n at x`)).toBe('FAILURE not-an-error');
	});
});
