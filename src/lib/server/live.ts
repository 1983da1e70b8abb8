import type { LiveHint } from '../protocol/live';

type Listener = (hint: LiveHint) => void;

/** Who wants to know that a community has something new (step 13). In memory: a hint may be lost, a pull finds it anyway. */
export interface Live {
  announce(hint: LiveHint): void;
  /** Returns how to stop listening. */
  listen(communities: readonly string[], listener: Listener): () => void;
}

export function createLive(): Live {
  const listenersByCommunity = new Map<string, Set<Listener>>();
  return {
    announce: (hint) => {
      const listeners = listenersByCommunity.get(hint.community);
      listeners?.forEach((listener) => {
        try {
          listener(hint);
        } catch {
          // Whoever cannot be told has gone. What was stored is stored, and the others are told.
          listeners.delete(listener);
        }
      });
    },
    listen: (communities, listener) => {
      for (const community of communities) {
        const listeners = listenersByCommunity.get(community) ?? new Set();
        listenersByCommunity.set(community, listeners.add(listener));
      }
      return () => communities.forEach((community) => listenersByCommunity.get(community)?.delete(listener));
    }
  };
}
