import { htmlLanguage, languageCookie, parseLanguage, type Language } from '../messages/language';

const yearSeconds = 365 * 24 * 3_600;

function readCookie(): Language {
  const pair = document.cookie.split('; ').find((entry) => entry.startsWith(`${languageCookie}=`));
  return parseLanguage(pair?.slice(languageCookie.length + 1));
}

/** The language of the pages that are made in the browser; the desk's pages learn it from the same cookie. */
class ClientLanguage {
  value = $state<Language>('zh');

  start(): void {
    this.value = readCookie();
    document.documentElement.lang = htmlLanguage[this.value];
  }

  choose(language: Language): void {
    this.value = language;
    document.documentElement.lang = htmlLanguage[language];
    document.cookie = `${languageCookie}=${language}; path=/; max-age=${yearSeconds}; samesite=lax`;
  }
}

export const clientLanguage = new ClientLanguage();
