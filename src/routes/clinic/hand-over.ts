/** Gives a file to whoever holds the device, by the browser's own way of saving one. */
export function handOver(name: string, bytes: Uint8Array): void {
	const url = URL.createObjectURL(
		new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' })
	);
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	// The browser reads it after this turn, a slow one long after.
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
