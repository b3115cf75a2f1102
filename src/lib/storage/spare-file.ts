/**
 * One file of this device outside of the database: what lies in it survives a database that the browser found
 * damaged and began anew. Both calls that write end when it is on the disk.
 */
export interface SpareFile {
	/** Empty where there is no file. */
	read(): Promise<Uint8Array>;
	append(bytes: Uint8Array): Promise<void>;
	replace(bytes: Uint8Array): Promise<void>;
}

/** Of the File System Standard; TypeScript knows it in workers only, and this file is read with the page's types. */
interface SyncAccessHandle {
	getSize(): number;
	read(into: Uint8Array, options: { at: number }): number;
	write(bytes: Uint8Array, options: { at: number }): number;
	truncate(size: number): void;
	flush(): void;
	close(): void;
}
declare global {
	interface FileSystemFileHandle {
		createSyncAccessHandle(): Promise<SyncAccessHandle>;
	}
}

/**
 * In the origin's private file system; only in a dedicated worker. Nothing where the browser has none. The file is
 * held only while it is used: a second window that writes at that moment fails, and tries again later.
 */
export function openPrivateFile(name: string): SpareFile | undefined {
	const storage = navigator.storage as Partial<StorageManager>;
	if (typeof storage.getDirectory !== 'function') return undefined;

	async function withHandle<T>(work: (handle: SyncAccessHandle) => T): Promise<T> {
		const folder = await navigator.storage.getDirectory();
		const file = await folder.getFileHandle(name, { create: true });
		const handle = await file.createSyncAccessHandle();
		try {
			return work(handle);
		} finally {
			handle.close();
		}
	}

	return {
		read: () =>
			withHandle((handle) => {
				const bytes = new Uint8Array(handle.getSize());
				handle.read(bytes, { at: 0 });
				return bytes;
			}),
		append: (bytes) =>
			withHandle((handle) => {
				handle.write(bytes, { at: handle.getSize() });
				handle.flush();
			}),
		replace: (bytes) =>
			withHandle((handle) => {
				handle.truncate(0);
				handle.write(bytes, { at: 0 });
				handle.flush();
			})
	};
}
