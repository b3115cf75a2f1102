/** A citizen card held before the camera: its code as a film that Chromium plays in the camera's place. */
import { writeFile } from 'node:fs/promises';
import { encode } from 'uqr';

const WIDTH_PX = 640;
const HEIGHT_PX = 480;
const FRAMES = 10;
const PX_PER_MODULE = 6;
const WHITE = 235;
const BLACK = 16;
const NO_COLOUR = 128;

/** Writes the film; the switches make a browser show it and ask nobody. */
export async function filmOfCode(text: string, file: string): Promise<string[]> {
	const frame = Buffer.concat([
		Buffer.from('FRAME\n'),
		brightnessOf(text),
		Buffer.alloc((WIDTH_PX * HEIGHT_PX) / 2, NO_COLOUR)
	]);
	const head = Buffer.from(`YUV4MPEG2 W${WIDTH_PX} H${HEIGHT_PX} F10:1 Ip A1:1 C420jpeg\n`);
	await writeFile(file, Buffer.concat([head, ...Array<Buffer>(FRAMES).fill(frame)]));
	return [
		'--use-fake-ui-for-media-stream',
		'--use-fake-device-for-media-stream',
		`--use-file-for-fake-video-capture=${file}`
	];
}

function brightnessOf(text: string): Buffer {
	const { data, size } = encode(text, { ecc: 'M', border: 4 });
	const left = Math.floor((WIDTH_PX - size * PX_PER_MODULE) / 2);
	const top = Math.floor((HEIGHT_PX - size * PX_PER_MODULE) / 2);
	const picture = Buffer.alloc(WIDTH_PX * HEIGHT_PX, WHITE);
	for (let y = 0; y < size * PX_PER_MODULE; y++)
		for (let x = 0; x < size * PX_PER_MODULE; x++) {
			const isDark = data[Math.floor(y / PX_PER_MODULE)]?.[Math.floor(x / PX_PER_MODULE)] === true;
			if (isDark) picture[(top + y) * WIDTH_PX + left + x] = BLACK;
		}
	return picture;
}
