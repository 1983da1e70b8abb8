import type { Case } from '$lib/domain/case';
import { findBuildings } from '$lib/domain/find-building';
import type { Reference } from '$lib/domain/reference';
import type { Report } from '$lib/domain/report';

/**
 * Whether a report fits what was typed: its numbers, words, kind or place; a building is also found by another name and
 * by initials. Words and names are looked up once, not per report.
 */
export function searchFor(
  typed: string,
  reference: Reference | undefined
): (report: Report, work: Case | undefined) => boolean {
  const query = typed.trim().toLowerCase();
  if (!query) return () => true;
  const { buildings = [], categories = [], needTypes = [], grids = [] } = reference ?? {};
  const meant = [
    ...findBuildings(buildings, query, buildings.length),
    ...[...categories, ...needTypes].filter(({ words }) => Object.values(words).some((word) => fits(word))),
    ...grids.filter(({ name }) => fits(name))
  ];
  const codes = new Set(meant.map(({ code }) => code));
  function fits(text: string | undefined): boolean {
    return Boolean(text?.toLowerCase().includes(query));
  }
  return (report, work) => {
    const { buildingCode = '', words, gridCode = '' } = report.place;
    const kind = report.kind === 'issue' ? report.categoryCode : report.needTypeCode;
    const isMeant = [buildingCode, kind, gridCode.slice(0, 15)].some((code) => codes.has(code));
    return isMeant || [report.number, work?.number, report.text, words].some(fits);
  };
}
