/** The camera of the tablet: opened, photographed from, closed again. */

export type CameraTrouble = 'noCamera' | 'notAllowed' | 'busy';
export type Camera =
	{ type: 'open'; stream: MediaStream; close(): void } | { type: 'closed'; why: CameraTrouble };

/** Side of the square picture given to the reader, in pixels: enough for the dense code of a card. */
const PICTURE_SIDE_MAX = 900;

/** Opens the camera at the back. Asks the person for permission the first time. */
export async function openCamera(): Promise<Camera> {
	// Without a secure address there is no camera at all.
	if (!('mediaDevices' in navigator)) return { type: 'closed', why: 'noCamera' };
	try {
		const stream = await navigator.mediaDevices.getUserMedia({
			audio: false,
			video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } }
		});
		const close = () => stream.getTracks().forEach((track) => track.stop());
		return { type: 'open', stream, close };
	} catch (error) {
		return { type: 'closed', why: troubleOf(error) };
	}
}

function troubleOf(error: unknown): CameraTrouble {
	const name = error instanceof DOMException ? error.name : '';
	if (name === 'NotAllowedError' || name === 'SecurityError') return 'notAllowed';
	return name === 'NotReadableError' || name === 'AbortError' ? 'busy' : 'noCamera';
}

/** The square in the middle of what the camera sees; nothing before its first picture. */
export function photograph(
	video: HTMLVideoElement,
	canvas: HTMLCanvasElement
): ImageData | undefined {
	const seen = Math.min(video.videoWidth, video.videoHeight);
	if (seen === 0) return undefined;
	const side = Math.min(seen, PICTURE_SIDE_MAX);
	canvas.width = side;
	canvas.height = side;
	const context = canvas.getContext('2d', { willReadFrequently: true });
	if (context === null) return undefined;
	const left = (video.videoWidth - seen) / 2;
	const top = (video.videoHeight - seen) / 2;
	context.drawImage(video, left, top, seen, seen, 0, 0, side, side);
	return context.getImageData(0, 0, side, side);
}
