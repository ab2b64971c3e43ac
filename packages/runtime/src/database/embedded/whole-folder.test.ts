import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeWhole, removeLeftovers } from "./whole-folder.ts";

let parent = "";

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), "archwright-whole-"));
});

afterEach(() => rm(parent, { recursive: true }));

async function fill(folder: string): Promise<void> {
  await mkdir(folder);
  await writeFile(join(folder, "file"), "");
}

test("a folder has its name only when it is whole", async () => {
  await makeWhole(join(parent, "cluster"), async (unfinished) => {
    await fill(unfinished);
    expect(await readdir(parent)).not.toContain("cluster");
  });
  expect(await readdir(parent)).toEqual(["cluster"]);
});

test("a folder that cannot be made leaves nothing", async () => {
  const making = makeWhole(join(parent, "cluster"), async (unfinished) => {
    await fill(unfinished);
    throw new Error("the disk is full");
  });
  await expect(making).rejects.toThrow("the disk is full");
  expect(await readdir(parent)).toEqual([]);
});

test("of two that make it at once the first is kept", async () => {
  await makeWhole(join(parent, "cluster"), async (unfinished) => {
    await fill(unfinished);
    await makeWhole(join(parent, "cluster"), fill);
    await writeFile(join(unfinished, "second"), "");
  });
  expect(await readdir(parent)).toEqual(["cluster"]);
  expect(await readdir(join(parent, "cluster"))).toEqual(["file"]);
});

test("what a killed process left is removed when it is old, and nothing else", async () => {
  const old = "cluster.00000000-0000-4000-8000-000000000000";
  const recent = "cluster.00000000-0000-4000-8000-000000000001";
  const stranger = "cluster.backup";
  for (const name of ["cluster", old, recent, stranger]) {
    await fill(join(parent, name));
  }
  const hourAgo = new Date(Date.now() - 3_600_000);
  await Promise.all(["cluster", old, stranger].map((name) => utimes(join(parent, name), hourAgo, hourAgo)));
  await removeLeftovers(join(parent, "cluster"));
  expect((await readdir(parent)).toSorted()).toEqual(["cluster", recent, stranger].toSorted());
});
