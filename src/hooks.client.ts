/** Runs before the first page is drawn: settings that must not flash. */
import { z } from 'zod';
import { language } from '#lib/i18n/index.ts';

// The content security policy forbids building code from text, which Zod would otherwise try.
z.config({ jitless: true });
language.restore();
