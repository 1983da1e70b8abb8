import type { Limit, NeedType } from '../../domain/category';

/** What residents ask for, as a new installation starts out; an administrator edits the table afterwards. */
export const starterNeedTypes: NeedType[] = [
  needType('N01', '代取药', 'Fetch medicine', 1),
  needType('N02', '代购', 'Shopping', 1),
  needType('N03', '代办', 'Errand at an office', 3),
  needType('N04', '上门认证', 'Certification at home', 5),
  needType('N05', '陪诊', 'Company to the doctor', 3),
  needType('N06', '小修', 'Small repair', 3),
  needType('N07', '搬运', 'Carrying and moving', 3),
  needType('N08', '政策咨询', 'Policy advice', 2),
  needType('N09', '助餐助浴', 'Help with meals and bathing', 2),
  needType('N10', '其他', 'Other', 3)
];

function needType(code: string, zh: string, en: string, workDays: number): NeedType {
  const limit: Limit = { count: workDays, unit: 'workDay' };
  return { code, words: { zh, en }, limit };
}
