/** Every shape the store ever had, in order. A released migration is never edited: add the next number. */
import { migration0001 } from './0001-first.ts';
import { migration0002 } from './0002-audit-commits.ts';
import { migration0003 } from './0003-quarantine-reviews.ts';
import { migration0004 } from './0004-reads.ts';
import { migration0005 } from './0005-memberships-until.ts';
import { migration0006 } from './0006-audit-tree.ts';
import { migration0007 } from './0007-enrolment.ts';
import { migration0008 } from './0008-start-passwords.ts';
import { migration0009 } from './0009-emergency-reviews.ts';
import { migration0010 } from './0010-book-reads.ts';
import { migration0011 } from './0011-passkeys.ts';

export const MIGRATIONS: readonly string[] = [
	migration0001,
	migration0002,
	migration0003,
	migration0004,
	migration0005,
	migration0006,
	migration0007,
	migration0008,
	migration0009,
	migration0010,
	migration0011
];
