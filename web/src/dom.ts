// Small helpers for the elements of the page.

type Child = Node | string | undefined | false;
type Attributes = Record<string, string | number | boolean | undefined | ((e: never) => void)>;

/** Makes an element. An attribute that starts with "on" is a listener; false and undefined leave it out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value as EventListener);
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  }
  element.append(...children.filter((c): c is Node | string => c !== undefined && c !== false));
  return element;
}

export function byId<T extends HTMLElement>(id: string): T {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page has no element ${id}`);
  return element as T;
}

/** A message as the library writes it, with what is in backquotes as code. */
export function message(text: string): HTMLElement {
  return h('span', {}, ...text.split('`').map((part, i) => (i % 2 === 1 ? h('code', {}, part) : part)));
}

/** A text of the library, which starts with a small letter, as a sentence. */
export const sentence = (text: string) => (text ? text.charAt(0).toUpperCase() + text.slice(1).replace(/\.?$/, '.') : '');

/** "1 instance", "2 instances". */
export const count = (n: number, noun: string, many = noun + 's') => `${n} ${n === 1 ? noun : many}`;

/** "a, b and c". */
export function listed(all: string[]): string {
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all[all.length - 1]}`;
}

/** Calls f once nothing has asked for it for some milliseconds. */
export function debounced(f: () => void, ms: number): () => void {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = window.setTimeout(f, ms);
  };
}

/** Makes a function that runs once at a time: calls during a run are one more run after it. */
export function latest(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  let again = false;
  return () => {
    again = running !== undefined;
    running ??= (async () => {
      try {
        do {
          again = false;
          await run();
        } while (again);
      } finally {
        running = undefined;
      }
    })();
    return running;
  };
}

/** A row of tabs with arrow keys. Returns the function that selects one without a click. */
export function tabs(list: HTMLElement, selected: (name: string) => void): (name: string) => void {
  const all = () => [...list.querySelectorAll<HTMLElement>('[role=tab]')].filter(t => t.offsetParent !== null);
  const select = (name: string) => {
    for (const tab of list.querySelectorAll<HTMLElement>('[role=tab]')) {
      const on = tab.dataset['name'] === name;
      tab.setAttribute('aria-selected', String(on));
      tab.tabIndex = on ? 0 : -1;
    }
  };
  list.addEventListener('click', e => {
    const name = (e.target as HTMLElement).closest<HTMLElement>('[role=tab]')?.dataset['name'];
    if (name) {
      select(name);
      selected(name);
    }
  });
  list.addEventListener('keydown', e => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[e.key];
    if (!step) return;
    const shown = all();
    const at = shown.indexOf(document.activeElement as HTMLElement);
    const to = shown[(at + step + shown.length) % shown.length];
    to?.focus();
    to?.click();
    e.preventDefault();
  });
  return select;
}
