import type { Category } from '$lib/domain/category';
import { buildingLabel } from '$lib/domain/grid';
import type { Place } from '$lib/domain/place';
import type { Reference } from '$lib/domain/reference';
import type { Language } from '$lib/messages/language';
import { absoluteMoment } from '$lib/messages/moment';
import { insideWords, recordFactsWords } from '$lib/messages/record-facts';
import { waitingWords } from '$lib/messages/waiting';

interface Context {
  reference: Reference | undefined;
  /** Of the report: whose questions the answers answer. */
  categoryCode?: string;
  language: Language;
  now: string;
}

/** A field of a report as a person would say it: words for codes, yes or no, a place down to the building. Pure. */
export function fieldValue(field: string, value: unknown, context: Context): string {
  const words = waitingWords[context.language];
  if (value === null || value === undefined || value === '') return words.empty;
  if (typeof value === 'boolean') return value ? words.yes : words.no;
  if (field === 'place') return placeInWords(value as Place, context);
  const { categories = [], needTypes = [] } = context.reference ?? {};
  const known = [...categories, ...needTypes].find(({ code }) => code === value);
  if (known) return known.words[context.language];
  if (typeof value === 'string')
    return field === 'wishedAt' ? absoluteMoment(value, context.now, context.language) : value;
  const category = categories.find(({ code }) => code === context.categoryCode);
  return answersInWords(value as Record<string, string | number>, category, context.language);
}

function placeInWords(place: Place, { reference, language }: Context): string {
  const building = reference?.buildings.find(({ code }) => code === place.buildingCode);
  const grid = reference?.grids.find(({ code }) => code === place.gridCode?.slice(0, 15));
  const known = recordFactsWords[language];
  const { position, accuracyMetres } = place;
  const parts = [
    building ? buildingLabel(building) : grid?.name,
    insideWords(place, language),
    place.words,
    known.sources[place.source],
    // Two places in one grid would look the same.
    !building && position && `${position.latitude.toFixed(5)}, ${position.longitude.toFixed(5)}`,
    accuracyMetres !== undefined && known.accuracy(Math.round(accuracyMetres))
  ];
  return parts.filter(Boolean).join(' · ');
}

function answersInWords(
  answers: Record<string, string | number>,
  category: Category | undefined,
  language: Language
): string {
  const words = waitingWords[language];
  const lines = Object.entries(answers).map(([key, value]) => {
    const question = category?.questions.find((one) => one.key === key);
    const options = question?.answer.kind === 'choice' ? question.answer.options : [];
    const answer = options.find((option) => option.key === value)?.words[language] ?? String(value);
    return words.fieldLine(question?.words[language] ?? key, answer);
  });
  return lines.join('\n') || words.empty;
}
