import { defineConfig } from '@playwright/test';
import { chromiumLaunchOptions } from './tests/chromium.ts';

export default defineConfig({
	testDir: 'tests/e2e',
	testMatch: '**/*.e2e.ts',
	outputDir: 'test-results',
	forbidOnly: true,
	fullyParallel: false,
	// A test mostly waits: for keys that are slow on purpose, for a network that comes back.
	workers: 2,
	retries: 0,
	timeout: 120_000,
	reporter: [['list'], ['json']],
	expect: { timeout: 20_000 },
	use: {
		actionTimeout: 30_000,
		launchOptions: chromiumLaunchOptions(),
		viewport: { width: 1280, height: 800 },
		locale: 'vi-VN',
		// Not Vietnam's: clinical dates must not notice.
		timezoneId: 'America/Los_Angeles',
		// Without a film of the screen, which costs as much as the test itself.
		trace: { mode: 'retain-on-failure', screenshots: false }
	}
});
