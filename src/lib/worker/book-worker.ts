/**
 * The one place in the browser where plaintext and keys live: a dedicated worker that puts the real
 * parts together and answers the page. `without-eval.ts` must stay the first import.
 */
import './without-eval.ts';
import { expose } from 'comlink';
import { doorTo, openBookApi } from './open-book-api.ts';

expose(doorTo(openBookApi()));
