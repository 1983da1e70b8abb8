/** The protocol this build speaks. A server reads every version ever released; docs/sync-protocol.md tells them apart. */
export const protocolVersion = 3;
/** From here on a cursor carries its scope, and pages tell what was erased (steps 10 and 12). */
export const firstProtocolWithScopes = 2;
/** From here on cursors are marked, entries sealed, and a restored server asks for what it has lost (step 11). */
export const firstProtocolWithMarks = 3;

/** Docs/sync-protocol.md, step 15, and step 3 for the sizes of a request. */
export const maxChangesPerPush = 2_000;
export const maxPushBytesCompressed = 2 * 1024 * 1024;
export const maxPushBytesInflated = 16 * 1024 * 1024;
export const maxTouchesPerPull = 2_000;
