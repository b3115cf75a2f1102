/** Clinical dates and times at the edges. Apart from their arithmetic, so that a first screen loads no schemas. */
import { z } from 'zod';
import { isClinicalDate, isClinicalTime, isPartialDate } from './clinical-time.ts';

export const clinicalDateSchema = z.string().max(10).refine(isClinicalDate, 'no-such-date');
export const partialDateSchema = z.string().max(10).refine(isPartialDate, 'no-such-date');
export const clinicalTimeSchema = z.string().max(16).refine(isClinicalTime, 'no-such-date');
