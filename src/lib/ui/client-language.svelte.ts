import { readCookie } from './cookie';
import { htmlLanguage, languageCookie, parseLanguage, type Language } from '../messages/language';

const yearSeconds = 365 * 24 * 3_600;

/** The language of the pages that are made in the browser; the desk's pages learn it from the same cookie. */
class ClientLanguage {
  value = $state<Language>('zh');

  start(): void {
    this.value = parseLanguage(readCookie(languageCookie));
    document.documentElement.lang = htmlLanguage[this.value];
  }

  choose(language: Language): void {
    this.value = language;
    document.documentElement.lang = htmlLanguage[language];
    document.cookie = `${languageCookie}=${language}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }
}

export const clientLanguage = new ClientLanguage();
