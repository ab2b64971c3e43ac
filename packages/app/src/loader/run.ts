/** Each load of the author's files is a run, named in the query of their URLs: Node keeps one module for each URL, so a new run is a fresh graph. */
export function withRun(url: string, run: string): string {
  if (runOf(url) !== undefined) return url;
  return `${url}${url.includes("?") ? "&" : "?"}${key}=${run}`;
}

export function runOf(url: string | undefined): string | undefined {
  return url === undefined ? undefined : pattern.exec(url)?.[1];
}

const key = "archwright-run";
const pattern = new RegExp(`[?&]${key}=(\\d+)`);
