import type { Session } from '$lib/server/session';
import type { Store } from '$lib/server/store';
import type { Language } from '$lib/messages/language';

declare global {
  namespace App {
    interface Locals {
      store: Store;
      session: Session | null;
      /** What opened the session. */
      token: string | undefined;
      language: Language;
    }
    interface Error {
      message: string;
      code?: string;
    }
  }
}

export {};
