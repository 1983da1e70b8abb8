const key = 'xunge-simple-home';

/** 简洁首页: three large things in place of 今天, for everybody on this tablet. */
class SimpleHome {
  on = $state(false);

  start(): void {
    this.on = localStorage.getItem(key) === '1';
  }

  choose(on: boolean): void {
    localStorage.setItem(key, on ? '1' : '0');
    this.on = on;
  }

  /** Whether it is what stands at this address; `/?all` is 今天 in full. */
  isAt({ pathname, searchParams }: URL): boolean {
    return this.on && pathname === '/' && !searchParams.has('all');
  }
}

export const simpleHome = new SimpleHome();
