import { describe, expect, it } from 'vitest';
import House from '@lucide/svelte/icons/house';
import { findCommands, type CommandGroup } from './command.ts';

const command = (label: string) => ({ key: label, label, icon: House, run: () => undefined });
const GROUPS: CommandGroup[] = [
	{ label: 'Sổ đang mở', commands: [command('Ghi mũi tiêm'), command('Tiêm chủng')] },
	{ label: 'Đi tới', commands: [command('Hôm nay'), command('Hộp việc'), command('Người dân')] },
	{ label: 'Màu màn hình', commands: [command('Tối')] }
];
const found = (typed: string) => findCommands(GROUPS, typed).map(({ label }) => label);

describe('commands', () => {
	it('all of them stand in their order before anything is typed', () => {
		expect(found(' ')).toEqual([
			'Ghi mũi tiêm',
			'Tiêm chủng',
			'Hôm nay',
			'Hộp việc',
			'Người dân',
			'Tối'
		]);
	});

	it('are found without diacritics, by the beginnings of their words in any order', () => {
		expect(found('hop')).toEqual(['Hộp việc']);
		expect(found('dan nguoi')).toEqual(['Người dân']);
		expect(found('Hộp')).toEqual(['Hộp việc']);
		expect(found('op')).toEqual([]);
	});

	it('are found by raw Telex and VNI', () => {
		expect(found('hoopj')).toEqual(['Hộp việc']);
		expect(found('ho6p5 vie6c5')).toEqual(['Hộp việc']);
	});

	it('stand first when they begin with what was typed', () => {
		expect(found('tiem')).toEqual(['Tiêm chủng', 'Ghi mũi tiêm']);
	});

	it('are found by the name of their group, after those of that name', () => {
		expect(found('man hinh')).toEqual(['Tối']);
		expect(found('mo')).toEqual(['Ghi mũi tiêm', 'Tiêm chủng']);
	});
});
