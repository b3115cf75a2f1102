/**
 * Reads QR codes out of camera pictures with zxing. Loaded only when somebody scans; the WebAssembly file
 * is our own (the package would fetch it from elsewhere) and lies in the precache.
 */
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

const ready = prepareZXingModule({
	overrides: { locateFile: () => wasmUrl },
	fireImmediately: true
});

/** The text of the first readable QR code, if any. Throws when the reader could not be loaded. */
export async function readQr(picture: ImageData): Promise<string | undefined> {
	await ready;
	const [found] = await readBarcodes(picture, {
		formats: ['QRCode'],
		tryHarder: true,
		maxNumberOfSymbols: 1
	});
	return found?.isValid === true ? found.text : undefined;
}
