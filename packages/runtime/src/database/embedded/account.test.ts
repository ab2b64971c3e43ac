import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serverAccount } from "./account.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "archwright-account-"));
});

afterAll(() => rm(folder, { recursive: true }));

async function accountFrom(...lines: readonly string[]): Promise<unknown> {
  const path = join(folder, "passwd");
  await writeFile(path, `${lines.join("\n")}\n`);
  return serverAccount(path);
}

const root = "root:x:0:0:root:/root:/bin/bash";

describe.runIf(process.getuid?.() === 0)("as root", () => {
  test("nobody runs the server, also where there is no user postgres", async () => {
    expect(await accountFrom(root, "nobody:x:65534:65533::/nonexistent:/usr/sbin/nologin")).toEqual({
      name: "nobody",
      uid: 65_534,
      gid: 65_533,
    });
  });

  test("nobody is taken before postgres, whose files may be those of another server", async () => {
    expect(await accountFrom(root, "postgres:x:101:104::/:", "nobody:x:65534:65534::/:")).toMatchObject({ name: "nobody" });
  });

  test("postgres runs it where there is no nobody", async () => {
    expect(await accountFrom(root, "postgres:x:101:104::/:")).toEqual({ name: "postgres", uid: 101, gid: 104 });
  });

  test("an id that is written as a negative number is understood", async () => {
    expect(await accountFrom(root, "nobody:*:-2:-2:Unprivileged User:/var/empty:/usr/bin/false")).toMatchObject({ uid: 4_294_967_294 });
  });

  test("an account of id 0 is no way around root", async () => {
    await expect(accountFrom(root, "nobody:x:0:0::/:")).rejects.toThrow("PostgreSQL refuses to run as root");
  });

  test("a machine without any of the accounts is told what to do", async () => {
    await expect(accountFrom(root)).rejects.toMatchObject({
      name: "EmbeddedPostgresFailure",
      what: `This process runs as root, and ${join(folder, "passwd")} has none of the accounts nobody, postgres, daemon.`,
      fix: "Run this as an ordinary user, or set DATABASE_URL to a PostgreSQL of your own.",
    });
  });
});

describe.runIf(process.getuid?.() !== 0)("as an ordinary user", () => {
  test("the server runs as that user", async () => {
    expect(await accountFrom(root, "nobody:x:65534:65534::/:")).toBeUndefined();
  });
});
