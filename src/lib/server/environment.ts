/** The one place where the server reads its environment. */
export const environment = {
  /** Folder of the database and the pictures. */
  dataFolder: process.env.XUNGE_DATA ?? './data',
  /** Address people open, as in `https://grid.example.cn`; unset on a plain http test machine. */
  origin: process.env.ORIGIN,
  logLevel: process.env.XUNGE_LOG ?? 'info'
};
