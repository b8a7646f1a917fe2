// What the build puts in.

declare module 'build:worker' {
  /** The text of the worker. */
  const source: string;
  export default source;
}

declare module 'build:examples' {
  export interface Example {
    id: string;
    title: string;
    template: string;
    parameters: string;
  }
  /** The templates of examples/ that the page offers, the first one first. */
  export const examples: Example[];
}

declare module 'build:version' {
  const version: string;
  export default version;
}

declare module '*.css';

declare module 'monaco-editor/editor/browser/coreCommands';
declare module 'monaco-editor/editor/contrib/*';

declare module 'monaco-editor/base/common/marked/marked' {
  export function parse(markdown: string, options: { async: false; gfm: boolean }): string;
}

declare module 'monaco-editor/base/browser/dompurify/dompurify' {
  const purify: { sanitize(html: string): string };
  export default purify;
}
