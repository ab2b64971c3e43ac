import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { archwright, cleanUp, copyOf, urlOf, type Process } from "./archwright.ts";

afterEach(cleanUp);

const dev = (folder: string, ...more: readonly string[]): Process => archwright(["dev", folder, "--port", "0", ...more]);

async function post(url: string, path: string, body: object): Promise<Response> {
  return fetch(`${url}${path}`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

async function texts(url: string): Promise<readonly string[]> {
  const { items } = await (await fetch(`${url}/notes`)).json();
  return items.map(({ text }: { text: string }) => text).sort();
}

/** Programs that work in a folder: the server of its database, and whoever watches over it. */
function programsOf(folder: string): string {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.includes(folder)).join("\n");
}

const lockOf = (folder: string): string => join(folder, ".archwright/postgres/cluster/data/postmaster.pid");
const answers = async (url: string): Promise<boolean> =>
  fetch(url).then(
    () => true,
    () => false,
  );

/** Until it is so, or for ten seconds. */
async function becomes(isSo: () => Promise<boolean> | boolean): Promise<boolean> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await isSo()) return true;
    await sleep(50);
  }
  return false;
}

describe("ending it", () => {
  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it with 0 and leaves nothing behind", async (signal) => {
    const folder = copyOf("hello");
    const running = dev(folder);
    const url = await urlOf(running);
    running.signal(signal);
    expect(await running.ended).toBe(0);
    expect(running.text()).toMatch(/\nStopping\.\n$/);
    expect([programsOf(folder), existsSync(lockOf(folder)), await answers(url)]).toEqual(["", false, false]);
  });

  test("Ctrl-C twice is Ctrl-C once", async () => {
    const running = dev(copyOf("hello"));
    await urlOf(running);
    running.signal("SIGINT");
    running.signal("SIGINT");
    expect([await running.ended, running.text().split("Stopping.").length]).toEqual([0, 2]);
  });

  test.each([/Reading the model/, /Starting PostgreSQL/, /Starting the backend/])("Ctrl-C at %s ends it too", async (step) => {
    const folder = copyOf("hello");
    const running = dev(folder);
    await running.said(step);
    running.signal("SIGINT");
    expect(await running.ended).toBe(0);
    expect(running.text()).not.toMatch(/error|Stopping\.[^]*Ctrl-C stops it/);
    expect([programsOf(folder), existsSync(lockOf(folder))]).toEqual(["", false]);
  });

  test("after a kill the next one begins where it was, at once", async () => {
    const folder = copyOf("hello");
    const killed = dev(folder);
    await post(await urlOf(killed), "/notes", { text: "kept" });
    killed.signal("SIGKILL");
    await killed.ended;
    const next = dev(folder);
    const url = await urlOf(next);
    expect(await texts(url)).toEqual(["kept"]);
    next.signal("SIGINT");
    expect(await next.ended).toBe(0);
    expect(await becomes(() => programsOf(folder) === "")).toBe(true);
  });
});

describe("two at once on one project", () => {
  test("share the rows, and the second goes on when the first ends", async () => {
    const folder = copyOf("hello");
    const first = dev(folder);
    const firstUrl = await urlOf(first);
    const second = dev(folder);
    const secondUrl = await urlOf(second);
    await post(firstUrl, "/notes", { text: "shared" });
    expect(await texts(secondUrl)).toEqual(["shared"]);
    first.signal("SIGINT");
    expect(await first.ended).toBe(0);
    await second.said(/PostgreSQL runs again\./);
    expect(await texts(secondUrl)).toEqual(["shared"]);
    second.signal("SIGINT");
    expect(await second.ended).toBe(0);
    expect([programsOf(folder), existsSync(lockOf(folder))]).toEqual(["", false]);
  });

  test("on one port are one too many, which is said and leaves the first alone", async () => {
    const folder = copyOf("hello");
    const url = await urlOf(dev(folder));
    const { port } = new URL(url);
    const second = archwright(["dev", folder, "--port", port]);
    expect(await second.ended).toBe(2);
    expect(second.text()).toContain(`error  Port ${port} is taken.\n`);
    expect((await post(url, "/notes", { text: "still there" })).status).toBe(201);
  });
});

describe("a change on the disk", () => {
  /** While the backend is replaced nobody listens, for a tenth of a second. */
  const posted = (url: string, note: object): Promise<{ readonly pinned?: boolean; readonly status?: number }> =>
    post(url, "/notes", note)
      .then((response) => response.json())
      .catch(() => ({}));
  const change = (file: string, from: string, to: string): void => writeFileSync(file, readFileSync(file, "utf8").replace(from, to));

  test("is served within seconds at the same place, a mistake is told, and the next good one is served again", async () => {
    const folder = copyOf("hello");
    const file = join(folder, "system.ts");
    const running = dev(folder);
    const url = await urlOf(running);
    change(file, "pinned: t.bool().default(false)", "pinned: t.bool().default(true)");
    expect(await becomes(async () => (await posted(url, { text: "a" })).pinned === true)).toBe(true);
    change(file, 'context("notes")', "contxt()");
    await running.said(/The model before this change goes on running\./);
    expect((await post(url, "/notes", { text: "b" })).status).toBe(201);
    change(file, "contxt()", 'context("notes")');
    await running.said(/goes on running\.\n(?:.*\n)*Reloaded in \d+ ms/);
  });

  test("of a file in a folder that was made after it was imported is seen", async () => {
    const folder = copyOf("hello");
    const running = dev(folder);
    await urlOf(running);
    change(join(folder, "system.ts"), "\n", '\nimport { limit } from "./rules/limit.ts";\n');
    change(join(folder, "system.ts"), "max(500)", "max(limit)");
    await running.said(/There is no file "\.\/rules\/limit\.ts"\./);
    mkdirSync(join(folder, "rules"));
    writeFileSync(join(folder, "rules/limit.ts"), "export const limit = 3;\n");
    const url = await urlOf(running);
    expect(await becomes(async () => (await posted(url, { text: "four" })).status === 400)).toBe(true);
    writeFileSync(join(folder, "rules/limit.ts"), "export const limit = 4;\n");
    expect(await becomes(async () => (await posted(url, { text: "four" })).pinned === false)).toBe(true);
  });

  test("is not looked for with --no-reload", async () => {
    const folder = copyOf("hello");
    const running = dev(folder, "--no-reload");
    await urlOf(running);
    change(join(folder, "system.ts"), "pinned: t.bool().default(false)", "pinned: t.bool().default(true)");
    await sleep(1_500);
    expect(running.text()).not.toContain("Reloaded");
  });
});

describe("seeds", () => {
  const seed = (folder: string, seeds: object): void => writeFileSync(join(folder, "seed.json"), JSON.stringify(seeds));
  const staff = { role: "staff", email: "sam@shop.example", password: "a long enough password", actor: { name: "Sam" } };

  test("their accounts are shown at every start, with whether the database began with them", async () => {
    const folder = copyOf("shop");
    seed(folder, { accounts: [staff] });
    const greetings: string[] = [];
    for (const more of [[], [], ["--fresh"]]) {
      if (greetings.length === 2) seed(folder, { accounts: [{ ...staff, password: "another long password" }] });
      const running = dev(folder, ...more);
      await urlOf(running);
      running.signal("SIGINT");
      await running.ended;
      greetings.push(/^ {2}staff[^]*?(?=^ {2}note)/m.exec(running.text())?.[0].replaceAll(/\s+/g, " ") ?? "");
    }
    expect(greetings).toEqual([
      expect.stringMatching(/^ staff sam@shop\.example \/ a long enough password seeds 0 rows and 1 account of \S+, planted now $/),
      expect.stringMatching(/^ staff sam@shop\.example \/ a long enough password seeds .+, planted when this database was made $/),
      expect.stringMatching(/^ staff sam@shop\.example \/ another long password seeds .+ planted now $/),
    ]);
  });

  test("that are wrong end the start with 1 and leave nothing running", async () => {
    const folder = copyOf("shop");
    seed(folder, { rows: { "catalog.Product": [{ name: "Tea", price: { amount: 100, currency: "EUR" }, stock: "many" }] } });
    const running = dev(folder);
    expect(await running.ended).toBe(1);
    expect(running.text().replaceAll(/\s+/g, " ")).toContain(
      'row 1 of catalog.Product: stock is "many", and must be a whole number of at least 0.',
    );
    expect(programsOf(folder)).toBe("");
  });
});

test("a role is granted in the development database while it is at work, and afterwards", async () => {
  const folder = copyOf("shop");
  const running = dev(folder);
  const url = await urlOf(running);
  const credentials = { email: "ada@shop.example", password: "a long enough password" };
  await post(url, "/auth/sign-up", { ...credentials, name: "Ada" });
  const grant = (role: string): Process => archwright(["grant", folder, "--dev", "--email", credentials.email, "--role", role]);
  expect(await grant("staff").ended).toBe(0);
  expect((await (await post(url, "/auth/sign-in", credentials)).json()).role).toBe("staff");
  running.signal("SIGINT");
  await running.ended;
  const afterwards = grant("customer");
  expect([await afterwards.ended, programsOf(folder)]).toEqual([0, ""]);
  expect(afterwards.text()).toContain("ada@shop.example is customer now");
});
