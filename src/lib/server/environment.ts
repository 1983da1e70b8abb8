/** The one place where the server reads its environment. */
export const environment = {
  /** Folder of the database and the pictures. */
  dataFolder: process.env.XUNGE_DATA ?? './data',
  /** Where the server backs itself up each night; none: by `npm run backup` only. */
  backupFolder: process.env.XUNGE_BACKUP,
  /** Address people open, as in `https://grid.example.cn`; on a plain http test machine, where it listens. */
  origin: process.env.ORIGIN ?? `http://${process.env.HOST ?? '127.0.0.1'}:${process.env.PORT ?? 3000}`,
  logLevel: process.env.XUNGE_LOG ?? 'info'
};
