import type { Edit } from './edit';

const folder = 'node_modules/fake-indexeddb/build/esm';

/** The stand-in for IndexedDB asks for twice as many turns as it needs. What is left are those in which something happens. */
export const quickerIndexedDb: readonly Edit[] = [
  {
    name: 'no-turn-where-nothing-waits',
    file: `${folder}/lib/Database.js`,
    find: '  processTransactions() {',
    replace: `  processTransactions() {
    if (!this.transactions.some(({ _started, _state }) => !_started && _state !== 'finished')) return;`
  },
  {
    name: 'no-turn-to-forget-a-transaction',
    file: `${folder}/FDBTransaction.js`,
    find: `    queueTask(() => {
      const {
        transactions`,
    replace: `    const soon = this.mode === 'versionchange' ? queueTask : (run) => run();
    soon(() => {
      const {
        transactions`
  }
];
