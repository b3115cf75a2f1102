/** Zod would try `new Function` when the first schema is made, which the content policy reports. */
import { z } from 'zod';

z.config({ jitless: true });
