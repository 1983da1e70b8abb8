import type { Session } from '$lib/server/session';
import type { Store } from '$lib/server/store';
import type { Language } from '$lib/messages/language';

declare global {
  namespace App {
    interface Locals {
      store: Store;
      session: Session | null;
      language: Language;
    }
    interface Error {
      message: string;
      code?: string;
    }
  }
}

export {};
