import { keepThumbnail, listMissingThumbnails } from '../data/thumbnails';
import type { Outcome, SyncContext } from './context';

/** About half a second of the thinnest link. */
const together = 4;

/**
 * Step 9: the small pictures of open work that others photographed, so that it can be judged without a network. What the
 * office does not have (yet) is asked for again in the next run.
 */
export async function fetchThumbnails({ author, transport }: SyncContext): Promise<Outcome> {
  const { database } = author;
  const missing = await listMissingThumbnails(database);
  for (let start = 0; start < missing.length; start += together) {
    const ids = missing.slice(start, start + together);
    const answers = await Promise.all(
      ids.map((id) => transport.raw('GET', `/api/photos/${id}/thumbnail`, {}))
    );
    if (answers.includes(null)) return 'away';
    for (const [index, answer] of answers.entries())
      if (answer?.ok && answer.headers.get('content-type') === 'image/jpeg')
        await keepThumbnail(database, ids[index]!, await answer.arrayBuffer());
  }
  return 'done';
}
