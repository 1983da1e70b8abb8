import type { Edit } from './edit';

const server = 'src/lib/server';
const data = 'src/lib/data';
const sync = 'src/lib/sync';

/** The switch list: deliberate mistakes in product code, each of which the simulation must notice. */
export const defects: readonly Edit[] = [
  {
    name: 'forget-the-idempotency-check',
    file: `${server}/receive.ts`,
    find: 'const again = answeredBefore(delivery, batch, one);',
    replace: 'const again: Answer | null = null;'
  },
  {
    name: 'forget-what-was-refused',
    file: `${server}/records/changes.ts`,
    find: 'if (outcomes.length)\n    await transaction',
    replace: 'if (outcomes.length < 0)\n    await transaction'
  },
  {
    name: 'answer-before-the-commit',
    file: `${server}/receive.ts`,
    find: '    await saveBatch(opened);\n    return opened;',
    replace: '    setTimeout(() => void saveBatch(opened).catch(() => undefined), 3);\n    return opened;'
  },
  {
    name: 'sequence-without-the-lock',
    file: `${server}/receive.ts`,
    find: 'await lockCommunity(transaction, community);',
    replace:
      "await store.connection.selectFrom('community').select(['head', 'name']).where('code', '=', community).executeTakeFirstOrThrow();"
  },
  {
    name: 'cursor-jumps-to-the-head',
    file: `${server}/serve.ts`,
    find: 'return { touches: whole, upTo: cut - 1, more: true };',
    replace: 'return { touches: whole, upTo: head, more: true };'
  },
  {
    name: 'head-read-after-the-page',
    file: `${server}/serve.ts`,
    find: 'if (touches.length <= size) return { touches, upTo: head, more: false };',
    replace:
      'if (touches.length <= size) return { touches, upTo: (await counterOf(store, community)).head, more: false };'
  },
  {
    name: 'forget-who-left-the-scope',
    file: `${server}/serve.ts`,
    find: 'if (wasShown || writtenOn.has(id)) (record ? leftScope : erased).push(id);',
    replace: ''
  },
  {
    name: 'older-tablet-not-told-of-erasure',
    file: `${server}/serve.ts`,
    find: 'leftScope: knows.scopes ? page.leftScope : [...page.leftScope, ...page.erased],',
    replace: 'leftScope: page.leftScope,'
  },
  {
    name: 'older-tablet-not-read',
    file: `${server}/read-lines.ts`,
    find: 'if (head.value.protocol > protocolVersion)',
    replace: 'if (head.value.protocol !== protocolVersion)'
  },
  {
    name: 'echo-swallows-others',
    file: `${server}/serve.ts`,
    find: 'const isEcho = ofRecord.every(',
    replace: 'const isEcho = ofRecord.some('
  },
  {
    name: 'reused-id-not-compared',
    file: `${server}/receive.ts`,
    find: 'if (known.sha256 !== sha256 && !adopt(batch, one))',
    replace: 'if (known.sha256 !== sha256) adopt(batch, one);\n    if (false)'
  },
  {
    name: 'depends-on-ignored',
    file: `${server}/receive.ts`,
    find: 'touchedBy(one.change).forEach((id) => delivery.blockedBy.set(id, one.change.id));',
    replace: ''
  },
  {
    name: 'conflict-check-dropped',
    file: 'src/lib/domain/changes/report-amended.ts',
    find: "return fields.length ? { verdict: 'conflict', fields } : allowed;",
    replace: 'return fields.length ? allowed : allowed;'
  },
  {
    name: 'photo-stored-before-it-lies-there',
    file: `${server}/photo-store.ts`,
    find: 'await files.moveTo(key, place);',
    replace: 'setTimeout(() => void files.moveTo(key, place).catch(() => undefined), 20);'
  },
  {
    name: 'photo-hash-not-compared',
    file: `${server}/photo-store.ts`,
    find: 'if (length > photo.bytes || (await sha256OfFile(files.fileOf(key))) !== photo.sha256) {',
    replace: 'if (length > photo.bytes) {'
  },
  {
    name: 'photo-not-synced',
    file: `${server}/durable-file-store.ts`,
    find: '    await syncFolder(folder);\n  }',
    replace: '  }'
  },
  {
    name: 'photo-trusted-half-way',
    file: `${sync}/upload-photo.ts`,
    find: 'else if (step.offset === photo.bytes) {',
    replace: 'else if (step.offset > 0) {'
  },
  {
    name: 'receipts-run-over-a-gap',
    file: `${sync}/push.ts`,
    find: 'if (run && run.to + 1 === row.order) {',
    replace: 'if (run) {'
  },
  {
    name: 'outbox-row-deleted-when-sent',
    file: `${data}/outbox.ts`,
    find: 'return batch.filter((row) => present.has(row.order));',
    replace:
      'if (batch.length > 2) await outbox.delete(batch[0]!.order);\n    return batch.filter((row) => present.has(row.order));'
  },
  {
    name: 'halving-drops-a-change',
    file: `${sync}/push.ts`,
    find: '    if (!alone) continue;',
    replace: `    if (!alone) {
      await settle(database, { sent: batch.slice(-1), runs: [], troubles: [], news: [], ahead: {} }, (bases, unsent) =>
        rebase(bases, unsent, context.author.rulesOf)
      );
      continue;
    }`
  },
  {
    name: 'pull-overwrites-unsent-work',
    file: `${data}/pulled.ts`,
    find: 'await layOver(database, fresh, rebase, historyById);',
    replace:
      'await layOver(database, fresh, (bases) => ({ shown: new Map(bases), unlawful: [] }), historyById);'
  },
  {
    name: 'cursor-stored-before-the-page',
    file: `${data}/pulled.ts`,
    find: 'export async function storePage(database: TabletDatabase, page: PulledPage, rebase: Rebase): Promise<void> {',
    replace:
      'export async function storePage(database: TabletDatabase, page: PulledPage, rebase: Rebase): Promise<void> {\n  await saveSetting(database, `cursor-${page.community}`, page.cursor);'
  },
  {
    name: 'settled-in-two-transactions',
    file: `${data}/settled.ts`,
    find: '  const tables = [...tablesOfOverlay(database), receipts, pictures, originals];',
    replace:
      "  await saveSetting(database, 'settledThrough', Math.max((await loadSetting(database, 'settledThrough')) ?? 0, last.order));\n  const tables = [...tablesOfOverlay(database), receipts, pictures, originals];"
  },
  {
    name: 'change-and-record-in-two-transactions',
    file: `${data}/record.ts`,
    find: "return database.transaction('rw', tablesOfWriting(database), async () => writeChange(author, sealed));",
    replace:
      "void database.transaction('rw', tablesOfWriting(database), async () => writeChange(author, sealed)).catch(() => undefined);\n  return { verdict: 'allowed' };"
  },
  {
    name: 'unknown-fields-stripped',
    file: `${sync}/pull.ts`,
    find: 'record: wireToRecord(row.record),',
    replace:
      "record: wireToRecord(Object.fromEntries(Object.entries(row.record).filter(([key]) => key !== 'fromLater')) as typeof row.record),"
  },
  {
    name: 'tablet-keeps-what-left-its-scope',
    file: `${data}/pulled.ts`,
    find: 'await dropHidden(database, page, rebase);',
    replace: ''
  },
  {
    name: 'new-scope-not-filled',
    file: `${server}/serve.ts`,
    find: 'const backfill = knows.scopes && from > 0 ? backfillFor(cursor, scope, knows.kinds) : undefined;',
    replace: 'const backfill = knows.scopes && from > 0 ? cursor?.backfill : undefined;'
  },
  {
    name: 'erasure-without-tombstone',
    file: `${server}/receive.ts`,
    find: "if (ids.some((id) => batch.erased.has(id))) return refusal({ code: 'record-erased' });",
    replace: ''
  },
  {
    name: 'erased-record-not-forgotten',
    file: `${data}/pulled.ts`,
    find: 'await forgetErased(database, page.erased);',
    replace: ''
  },
  {
    name: 'erased-picture-left',
    file: `${server}/photo-store.ts`,
    find: 'await rm(place, { force: true });',
    replace: ''
  },
  {
    name: 'restored-store-unnoticed',
    file: `${server}/restored.ts`,
    find: 'if (row?.id !== changeId) await beginNewLife(store, now, cursor.epoch);',
    replace: ''
  },
  {
    name: 'hand-back-forgotten',
    file: `${data}/hand-back.ts`,
    find: 'await toHandBack.bulkAdd(fresh.map(({ recordIds, line }) => ({ community, recordIds, line })));',
    replace: ''
  }
];

export function defectNamed(name: string): Edit {
  const defect = defects.find((one) => one.name === name);
  if (!defect)
    throw new Error(`no such defect: ${name}. There are ${defects.map((one) => one.name).join(', ')}`);
  return defect;
}
