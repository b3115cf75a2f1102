import { redirect } from '@sveltejs/kit';
import { rememberedAudience } from './audience.ts';

/** Whoever has used this device before goes to their own pages. */
export async function load(): Promise<void> {
	const audience = await rememberedAudience();
	if (audience !== undefined) redirect(307, audience === 'citizen' ? '/citizen' : '/clinic');
}
