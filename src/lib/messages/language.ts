/** Chinese first, English complete. */
export const languages = ['zh', 'en'] as const;
export type Language = (typeof languages)[number];

export const languageCookie = 'xunge-language';

export function parseLanguage(text: string | null | undefined): Language {
  return text === 'en' ? 'en' : 'zh';
}

/** A dictionary in both languages: English must have every key, with the same shape, that Chinese has. */
export function words<Dictionary>(zh: Dictionary, en: NoInfer<Dictionary>): Record<Language, Dictionary> {
  return { zh, en };
}

export const htmlLanguage: Record<Language, string> = { zh: 'zh-CN', en: 'en' };
