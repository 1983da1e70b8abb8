import type { Transaction } from 'kysely';
import type { RecordId } from '../../domain/ids';
import { isReport, visibilityOf, type AnyRecord } from '../../domain/record';
import { listedState } from '../../domain/status';
import type { Connection } from '../database/connect';
import type { Database, RecordRow } from '../database/schema';
import { insertRows } from './insert-rows';

type Reader = Connection | Transaction<Database>;

/** Statements stay under SQLite's 32,766 parameters. */
const rowsPerStatement = 500;

/** Uses the primary key (community, id). */
export async function loadRecords(
  reader: Reader,
  community: string,
  ids: readonly RecordId[]
): Promise<Map<RecordId, AnyRecord>> {
  const recordsById = new Map<RecordId, AnyRecord>();
  for (let start = 0; start < ids.length; start += rowsPerStatement) {
    const rows = await reader
      .selectFrom('record')
      .select('body')
      .where('community', '=', community)
      .where('id', 'in', ids.slice(start, start + rowsPerStatement))
      .execute();
    for (const row of rows) {
      const record = rowToRecord(row);
      recordsById.set(record.id, record);
    }
  }
  return recordsById;
}

export function rowToRecord(row: Pick<RecordRow, 'body'>): AnyRecord {
  return JSON.parse(row.body) as AnyRecord;
}

export async function saveRecords(
  transaction: Transaction<Database>,
  records: readonly { record: AnyRecord; sequence: number }[],
  receivedAt: string
): Promise<void> {
  const rows = records.map(({ record, sequence }) => recordToRow(record, sequence, receivedAt));
  await insertRows(transaction, 'record', rows, (some) =>
    transaction
      .insertInto('record')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['community', 'id']).doUpdateSet((excluded) => ({
          version: excluded.ref('excluded.version'),
          sequence: excluded.ref('excluded.sequence'),
          state: excluded.ref('excluded.state'),
          owner_grid: excluded.ref('excluded.owner_grid'),
          facility_grid: excluded.ref('excluded.facility_grid'),
          unit: excluded.ref('excluded.unit'),
          restricted: excluded.ref('excluded.restricted'),
          category: excluded.ref('excluded.category'),
          building: excluded.ref('excluded.building'),
          number: excluded.ref('excluded.number'),
          due_at: excluded.ref('excluded.due_at'),
          search: excluded.ref('excluded.search'),
          body: excluded.ref('excluded.body')
        }))
      )
      .compile()
  );
}

function recordToRow(record: AnyRecord, sequence: number, receivedAt: string): RecordRow {
  const keys = visibilityOf(record);
  const report = isReport(record) ? record : undefined;
  const work = record.kind === 'case' ? record : undefined;
  return {
    community: record.community,
    id: record.id,
    kind: record.kind,
    version: record.version,
    sequence,
    state: listedState(record),
    owner_grid: keys.ownerGridCode,
    facility_grid: keys.facilityGridCode ?? null,
    unit: keys.unit ?? null,
    restricted: keys.restricted ? 1 : 0,
    author: keys.author,
    subject_id: work?.subjectId ?? null,
    category: categoryOf(record),
    building: report?.place.buildingCode ?? null,
    number: report?.number ?? work?.number ?? null,
    due_at: work?.dueAt ?? null,
    received_at: record.receivedAt ?? receivedAt,
    search: searchText(record),
    body: JSON.stringify(record)
  };
}

function categoryOf(record: AnyRecord): string | null {
  if (record.kind === 'issue') return record.categoryCode;
  return record.kind === 'need' ? record.needTypeCode : null;
}

function searchText(record: AnyRecord): string {
  const words = isReport(record)
    ? [record.number, record.text, record.place.words]
    : record.kind === 'case'
      ? [record.number, record.instruction, record.result?.text]
      : [];
  return words.filter(Boolean).join('\n').toLowerCase();
}
