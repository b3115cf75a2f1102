import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const AMBIENT = {
	selector:
		"CallExpression[callee.object.name='Date'][callee.property.name='now'], NewExpression[callee.name='Date'][arguments.length=0], CallExpression[callee.object.name='Math'][callee.property.name='random']",
	message: 'Clock and randomness are passed in.'
};
const SKIPPED = {
	selector:
		'MemberExpression[object.name=/^(it|test|describe)$/][property.name=/^(skip|only|todo|fixme)$/]',
	message: 'No skipped tests in the main branch.'
};

export default ts.config(
	{
		ignores: [
			'build/',
			'.svelte-kit/',
			'data/',
			'test-results/',
			'playwright-report/',
			'node_modules/'
		]
	},
	js.configs.recommended,
	...ts.configs.strictTypeChecked,
	...svelte.configs.recommended,
	{
		languageOptions: {
			globals: { ...globals.browser, ...globals.node },
			parserOptions: {
				projectService: true,
				extraFileExtensions: ['.svelte'],
				tsconfigRootDir: import.meta.dirname
			}
		},
		rules: {
			'no-console': 'error',
			'no-undef': 'off',
			'no-control-regex': 'off',
			'@typescript-eslint/no-unnecessary-type-parameters': 'off',
			'@typescript-eslint/switch-exhaustiveness-check': 'error',
			'@typescript-eslint/restrict-template-expressions': [
				'error',
				{ allowNumber: true, allowBoolean: true }
			],
			'@typescript-eslint/no-unnecessary-condition': 'off',
			'@typescript-eslint/no-confusing-void-expression': 'off',
			'@typescript-eslint/no-dynamic-delete': 'off',
			'@typescript-eslint/no-non-null-assertion': 'error',
			'@typescript-eslint/unified-signatures': 'off',
			'@typescript-eslint/require-await': 'off',
			'@typescript-eslint/no-unused-vars': [
				'error',
				{ argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
			]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
		rules: { 'svelte/no-navigation-without-resolve': 'off', 'svelte/button-has-type': 'error' }
	},
	{
		files: ['src/service-worker.ts'],
		languageOptions: {
			parserOptions: { projectService: false, project: 'src/service-worker.tsconfig.json' }
		}
	},
	{
		files: [
			'src/lib/{domain,entry,crdt,protocol,sync,use-cases}/**/*.ts',
			'sync-server/sync/**/*.ts'
		],
		ignores: ['**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', AMBIENT] }
	},
	{
		files: ['tests/**/*.ts', '**/*.test.ts'],
		rules: { 'no-restricted-syntax': ['error', SKIPPED] }
	},
	{
		files: ['**/*.js', '**/*.mjs', 'vite.config.ts', 'playwright.config.ts'],
		...ts.configs.disableTypeChecked,
		rules: { ...ts.configs.disableTypeChecked.rules, 'no-console': 'off' }
	},
	{
		files: [
			'tests/**/*.ts',
			'sync-server/**/main.ts',
			'sync-server/jobs/*.ts',
			'sync-server/hospital/*.ts'
		],
		rules: { 'no-console': 'off' }
	}
);
