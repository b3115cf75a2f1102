/**
 * A control group with a third of one core, for the whole browser with all its processes. Works where this
 * process may make one: as root on Linux, cgroup v1 or v2. Elsewhere nothing is slowed, and rows say so.
 */
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { join } from 'node:path';

export interface CpuGroup {
	/** A process that writes its number here is slowed, and so is whatever it starts. */
	procsFile: string;
	processes(): number[];
	/** Once its last process has ended. */
	remove(): Promise<void>;
}

const PERIOD_US = 10_000;
const QUOTA_US = 3_333;
const CGROUP = '/sys/fs/cgroup';
const V1_FOLDERS = [join(CGROUP, 'cpu'), join(CGROUP, 'cpu,cpuacct')];
const REMOVE_TRIES_MAX = 50;
const REMOVE_WAIT_MS = 100;

/** Nothing where this machine does not allow it. */
export function createCpuGroup(): CpuGroup | undefined {
	const name = `so-suc-khoe-bench-${process.pid}-${Math.round(performance.now())}`;
	return createV1(name) ?? createV2(name);
}

function createV1(name: string): CpuGroup | undefined {
	const root = V1_FOLDERS.find((folder) => existsSync(join(folder, 'cpu.cfs_quota_us')));
	const parent = root ?? V1_FOLDERS.find((folder) => existsSync(join(folder, 'cgroup.procs')));
	if (parent === undefined) return undefined;
	return createIn(join(parent, name), (folder) => {
		writeFileSync(join(folder, 'cpu.cfs_period_us'), String(PERIOD_US));
		writeFileSync(join(folder, 'cpu.cfs_quota_us'), String(QUOTA_US));
		return readFileSync(join(folder, 'cpu.cfs_quota_us'), 'utf8').trim() === String(QUOTA_US);
	});
}

function createV2(name: string): CpuGroup | undefined {
	const controllers = join(CGROUP, 'cgroup.controllers');
	if (!existsSync(controllers)) return undefined;
	return createIn(join(CGROUP, name), (folder) => {
		if (!existsSync(join(folder, 'cpu.max')))
			writeFileSync(join(CGROUP, 'cgroup.subtree_control'), '+cpu');
		const limit = `${QUOTA_US} ${PERIOD_US}`;
		writeFileSync(join(folder, 'cpu.max'), limit);
		return readFileSync(join(folder, 'cpu.max'), 'utf8').trim() === limit;
	});
}

function createIn(folder: string, limit: (folder: string) => boolean): CpuGroup | undefined {
	try {
		mkdirSync(folder);
	} catch {
		return undefined;
	}
	try {
		if (limit(folder)) return groupIn(folder);
	} catch {
		// Not allowed here: the same as not there.
	}
	rmdirSync(folder);
	return undefined;
}

function groupIn(folder: string): CpuGroup {
	const procsFile = join(folder, 'cgroup.procs');
	const processes = (): number[] =>
		readFileSync(procsFile, 'utf8').split('\n').filter(Boolean).map(Number);
	return {
		procsFile,
		processes,
		remove: async () => {
			for (let tries = 0; processes().length > 0 && tries < REMOVE_TRIES_MAX; tries++)
				await wait(REMOVE_WAIT_MS);
			rmdirSync(folder);
		}
	};
}
