import { expect, test } from 'vitest';
import { changeKinds, type ChangeKindName } from '../domain/changes';
import { historyLine, historyWords } from './history';
import { languages } from './language';

const told = (facts: Record<string, unknown>) => ({ who: '王丽', unit: '锦和物业', facts });

test('a dispatch says who sent it to whom, and what was written', () => {
  const facts = { unit: 'x', instruction: '请紧固' };
  const line = historyLine(historyWords.zh, 'case-dispatched', told(facts));
  expect(line.said + historyWords.zh.colon + line.quoted).toBe('王丽 派单给 锦和物业：请紧固');
});

test('a follow-up says whom, how, and by when', () => {
  const facts = { whom: '张师傅', channel: 'call', promise: '下午来', dueDay: '2026-11-22' };
  expect(historyLine(historyWords.zh, 'follow-up-noted', told(facts))).toEqual({
    said: '王丽 跟进，致电 张师傅，约定 11月22日',
    quoted: '下午来'
  });
  expect(historyLine(historyWords.en, 'follow-up-noted', told(facts)).said).toBe(
    '王丽 followed up by phone with 张师傅, due Nov 22'
  );
});

test('a correction names what was changed, a check whether it passed', () => {
  const edits = { text: {}, place: {} };
  expect(historyLine(historyWords.zh, 'report-amended', told({ edits })).said).toBe('王丽 修改了文字、位置');
  expect(historyLine(historyWords.zh, 'case-checked', told({ passed: false, words: '还松' }))).toEqual({
    said: '王丽 核查未过，重办',
    quoted: '还松'
  });
});

test('pictures added in one go are counted', () => {
  const line = (language: 'zh' | 'en', stage: string, count: number) =>
    historyLine(historyWords[language], 'photo-attached', { ...told({ photo: { stage } }), count }).said;
  expect(line('zh', 'before', 1)).toBe('王丽 添加了照片');
  expect(line('zh', 'before', 7)).toBe('王丽 添加了 7 张照片');
  expect(line('zh', 'after', 2)).toBe('王丽 添加了 2 张处理后的照片');
  expect(line('en', 'after', 2)).toBe('王丽 added 2 photos of the result');
});

test('every change has a sentence in both languages, whatever its facts hold', () => {
  for (const kind of Object.keys(changeKinds) as ChangeKindName[])
    for (const language of languages)
      for (const facts of [{}, { dueDay: 'x', edits: null, words: 7, photo: null, channel: 'pigeon' }]) {
        const { said } = historyLine(historyWords[language], kind, told(facts));
        expect(said).not.toMatch(/undefined|null|\[object/);
        expect(said.length).toBeGreaterThan(2);
      }
});
