const key = 'xunge-large-type';

/** 18, 22 and 26 px; kept by their place in this list. */
export const typeSizes = ['normal', 'large', 'largest'] as const;
type Size = (typeof typeSizes)[number];

/** 字号: larger type and targets everywhere on this tablet. */
class TypeSize {
  value = $state<Size>('normal');

  start(): void {
    this.#show(typeSizes[Number(localStorage.getItem(key))] ?? 'normal');
  }

  choose(size: Size): void {
    localStorage.setItem(key, String(typeSizes.indexOf(size)));
    this.#show(size);
  }

  #show(size: Size): void {
    this.value = size;
    document.documentElement.dataset.type = size;
  }
}

export const typeSize = new TypeSize();
