/**
 * A book as a Yjs document, for watching with stock Yjs tools. It is an exact view of the entries and is
 * only ever read: what somebody writes becomes an entry first, and the document is built from entries.
 */
import * as Y from 'yjs';
import { updateOfBook } from './book-update.ts';

/** The document of these entries, in any order. Add later ones by applying `updateOfEntry`. */
export function documentOfBook(entries: Iterable<Uint8Array>): Y.Doc {
	const document = new Y.Doc({ gc: false });
	Y.applyUpdate(document, updateOfBook(entries));
	return document;
}
