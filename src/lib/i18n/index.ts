/** Words on screen. Areas live in `messages/`, dates, numbers and names in `format.ts`. */
export { language, localized, LANGUAGES, type Language } from './language.svelte.ts';
