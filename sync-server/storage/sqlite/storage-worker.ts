/** Where every thread of the storage begins: each role loads only what it needs. */
import { settings } from './worker-end.ts';

switch (settings.role) {
	case 'writer':
		(await import('./writer-thread.ts')).runWriter();
		break;
	case 'reader':
		(await import('./reader-thread.ts')).runReader();
		break;
	case 'copier':
		(await import('./copier-thread.ts')).runCopier();
}
