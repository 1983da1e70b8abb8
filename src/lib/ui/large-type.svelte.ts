const key = 'xunge-large-type';

/** 大字: larger type and targets everywhere on this tablet. */
class LargeType {
  on = $state(false);

  start(): void {
    this.#show(localStorage.getItem(key) === '1');
  }

  choose(on: boolean): void {
    localStorage.setItem(key, on ? '1' : '0');
    this.#show(on);
  }

  #show(on: boolean): void {
    this.on = on;
    document.documentElement.classList.toggle('large-type', on);
  }
}

export const largeType = new LargeType();
