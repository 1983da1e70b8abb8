import { buildOnce } from '../../tests/support/server.ts';

await buildOnce();
