import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { archwright, cleanUp, copyOf, urlOf } from "./archwright.ts";

afterEach(cleanUp);

test("the walk of the README goes as it says", async () => {
  const shop = archwright(["dev", copyOf("shop"), "--port", "0"]);
  const url = await urlOf(shop);
  const walk = fileURLToPath(new URL("../../scripts/walk.mjs", import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [walk, url], { encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  expect(stdout).toMatch(/^\d+ steps walked at http:\S+, each as the README says\.\n$/);
  shop.signal("SIGINT");
  expect(await shop.ended).toBe(0);
});

test("ten lines are a backend: notes are created, listed, pinned, changed and deleted", async () => {
  const hello = archwright(["dev", copyOf("hello"), "--port", "0"]);
  const url = await urlOf(hello);
  const send = async (method: string, path: string, body?: object): Promise<readonly [number, Record<string, unknown>]> => {
    const content = body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const response = await fetch(`${url}${path}`, { method, ...content });
    const text = await response.text();
    return [response.status, text === "" ? {} : JSON.parse(text)];
  };

  const [created, note] = await send("POST", "/notes", { text: "Water the plants" });
  expect([created, note]).toEqual([201, { id: expect.stringMatching(/^note_/), text: "Water the plants", pinned: false }]);
  const path = `/notes/${String(note["id"])}`;
  expect(await send("GET", "/notes")).toEqual([200, { items: [note], next: null }]);
  expect(await send("POST", "/notes/pin", { note: note["id"] })).toEqual([200, { ...note, pinned: true }]);
  expect(await send("PATCH", path, { text: "Water them again" })).toEqual([200, { ...note, text: "Water them again", pinned: true }]);
  expect((await send("DELETE", path))[0]).toBe(204);
  expect((await send("GET", path))[0]).toBe(404);
  expect(await send("GET", "/notes")).toEqual([200, { items: [], next: null }]);
});
