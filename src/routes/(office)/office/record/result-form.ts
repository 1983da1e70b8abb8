import { shrunkPicture } from '$lib/ui/photo/shrink';

/**
 * Puts a smaller, upright copy and a thumbnail in the place of each picture of the form. What this browser cannot
 * read goes as it is, with an empty thumbnail so that both lists keep step.
 */
export async function addShrunkPhotos(form: FormData): Promise<void> {
  const files = form
    .getAll('photo')
    .filter((value): value is File => value instanceof File && value.size > 0);
  form.delete('photo');
  for (const file of files) {
    const shrunk = await shrunkPicture(file);
    form.append('photo', shrunk?.picture ?? file, 'photo');
    form.append('thumbnail', shrunk?.thumbnail ?? new Blob(), 'thumbnail');
  }
}
