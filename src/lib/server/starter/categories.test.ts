import { describe, expect, it } from 'vitest';
import { Category, NeedType, businessLines, type Question } from '../../domain/category';
import { starterCategories } from './categories';
import { starterNeedTypes } from './need-types';

type Words = { zh: string; en: string };

const wordsOfQuestion = ({ words, answer }: Question): Words[] => [
  words,
  ...(answer.kind === 'choice' ? answer.options.map((option) => option.words) : [])
];
const allWords: Words[] = [
  ...starterCategories.flatMap(({ words, group, questions }) => [
    words,
    group,
    ...questions.flatMap(wordsOfQuestion)
  ]),
  ...starterNeedTypes.map(({ words }) => words)
];
const quickReports = starterCategories.filter((category) => category.quickReport);

const expectUnique = (values: string[]) => expect(new Set(values).size).toBe(values.length);

describe('the starter categories', () => {
  it('are lawful categories in six groups', () => {
    for (const category of starterCategories) expect(Category.safeParse(category).error).toBeUndefined();
    expect(new Set(starterCategories.map(({ group }) => group.zh)).size).toBe(6);
    expect(new Set(starterCategories.map(({ group }) => group.en)).size).toBe(6);
  });

  it('have each code and each name once, and leave C11 free', () => {
    expectUnique(starterCategories.map(({ code }) => code));
    expectUnique(starterCategories.map(({ words }) => words.zh));
    expectUnique(starterCategories.map(({ words }) => words.en));
    expect(starterCategories.map(({ code }) => code)).not.toContain('C11');
  });

  it('serve all eight business lines', () => {
    expect(new Set(starterCategories.map(({ line }) => line))).toEqual(new Set(businessLines));
  });

  it('offer exactly the four quick reports, each with a short form of two to four questions', () => {
    expect(quickReports.map(({ words }) => words.zh).sort()).toEqual(
      ['安全隐患', '邻里纠纷', '物业纠纷', '电信诈骗'].sort()
    );
    for (const { questions } of quickReports) {
      expect(questions.length).toBeGreaterThanOrEqual(2);
      expect(questions.length).toBeLessThanOrEqual(4);
    }
  });

  it('never let a dispute, a fraud or any quick report be seen as a public facility', () => {
    expect(quickReports.filter((category) => category.publicFacility)).toEqual([]);
  });

  it('ask no photo of the result of a dispute or a fraud', () => {
    const withoutPhoto = starterCategories.filter(({ code }) => ['C07', 'C08', 'C09'].includes(code));
    expect(withoutPhoto.map(({ afterPhoto }) => afterPhoto)).toEqual(['no', 'no', 'no']);
  });

  it('ask each question and offer each option once', () => {
    for (const { questions } of starterCategories) {
      expectUnique(questions.map(({ key }) => key));
      for (const { answer } of questions)
        if (answer.kind === 'choice') expectUnique(answer.options.map(({ key }) => key));
    }
  });
});

describe('the starter need types', () => {
  it('are N01 to N10', () => {
    for (const needType of starterNeedTypes) expect(NeedType.safeParse(needType).error).toBeUndefined();
    expect(starterNeedTypes.map(({ code }) => code)).toEqual(
      Array.from({ length: 10 }, (_, index) => `N${String(index + 1).padStart(2, '0')}`)
    );
  });
});

describe('the words of categories, questions and need types', () => {
  it('are complete in Chinese and English', () => {
    for (const { zh, en } of allWords) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z][\x20-\x7e]+$/);
    }
  });

  it('have English names that fit a button', () => {
    const names = [...starterCategories, ...starterNeedTypes].map(({ words }) => words.en);
    expect(names.filter((name) => name.length > 28)).toEqual([]);
  });
});
