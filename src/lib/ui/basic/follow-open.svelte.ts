import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';

/**
 * Ties a `<details>` to a state. Unlike `bind:open` it heeds what was opened before the page's script ran: that stays open.
 * Where the server has rendered it open, give it `open` there only.
 */
export function followOpen(
  isOpen: () => boolean,
  setOpen: (isOpen: boolean) => void
): Attachment<HTMLDetailsElement> {
  return (details) => {
    if (details.open && !untrack(isOpen)) setOpen(true);
    $effect(() => {
      details.open = isOpen();
    });
    const onToggle = () => {
      if (details.open !== isOpen()) setOpen(details.open);
    };
    details.addEventListener('toggle', onToggle);
    return () => details.removeEventListener('toggle', onToggle);
  };
}
