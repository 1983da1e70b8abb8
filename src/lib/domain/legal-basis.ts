/** 同意, 法定职责: why personal data may be kept (个人信息保护法, article 13). */
export const legalBases = ['consent', 'duty'] as const;
export type LegalBasis = (typeof legalBases)[number];
