import { createContext } from 'svelte';
import type { Language } from '../messages/language';

/** The language of the page, as a getter: components read `languageOf()` inside `$derived`. */
const [getLanguage, setLanguage] = createContext<() => Language>();

export { setLanguage };

/** Reads a dictionary in the page's language: `const words = wordsOf(captureWords)`, then `words().save`. */
export function wordsOf<Dictionary>(dictionary: Record<Language, Dictionary>): () => Dictionary {
  const language = getLanguage();
  return () => dictionary[language()];
}

export function languageOf(): () => Language {
  return getLanguage();
}
