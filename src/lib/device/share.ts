import { within } from './time-limit';

/** How long the browser may keep reading a saved file before its address is taken back. */
const savingMs = 60_000;
const answerMs = 2_000;

/** Hands a picture to another app where the browser can, else saves it as a file. Needs a tap just before. */
export async function sharePicture(
  picture: Blob,
  fileName: string,
  text: string
): Promise<'shared' | 'cancelled' | 'saved'> {
  const files = [new File([picture], fileName, { type: picture.type })];
  if (typeof navigator.canShare === 'function' && navigator.canShare({ files })) {
    try {
      await navigator.share({ files, text });
      return 'shared';
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return 'cancelled';
    }
  }
  saveFile(picture, fileName);
  return 'saved';
}

/** Whether another app can be handed this file. Browsers share the types they know only; Chromium not this one of ours. */
export function canShare(file: File): boolean {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}

/** Hands a file to another app. Needs a tap just before. */
export async function shareFile(file: File): Promise<'shared' | 'cancelled' | 'failed'> {
  try {
    await navigator.share({ files: [file] });
    return 'shared';
  } catch (error) {
    return error instanceof DOMException && error.name === 'AbortError' ? 'cancelled' : 'failed';
  }
}

export function saveFile(file: Blob, fileName: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), savingMs);
}

/** Whether the text is in the clipboard now. Needs a tap just before. */
export async function copyText(text: string): Promise<boolean> {
  if ('clipboard' in navigator) {
    const copied = navigator.clipboard.writeText(text).then(
      () => true,
      () => false
    );
    if (await within(copied, answerMs, false)) return true;
  }
  return copyBySelection(text);
}

/** The old way, for plain http and embedded browsers. */
function copyBySelection(text: string): boolean {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  // Outside an open dialog nothing can be selected.
  (focused?.closest('dialog') ?? document.body).append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
}
