import { afterAll, describe, expect, test, vi } from "vitest";
import { project, removeProjects } from "../loader/testing.ts";
import { run } from "../testing.ts";

afterAll(removeProjects);
// Each test starts a process, which takes a while where many run at once.
vi.setConfig({ testTimeout: 30_000 });

const notes = `import { context, system, t } from "archwright";
const Notes = context("notes");
const Note = Notes.entity("Note", { id: t.id("note"), price: t.decimal(8, 2) });
export default system("hello", { contexts: [Notes] });
`;
const broken = notes.replace("const Notes = ", "const Notes == ");

describe("a model with findings", () => {
  test("is said with its lines, its reasons and the way out", async () => {
    const { status, stdout, stderr } = await run(["check"], { folder: project({ "system.ts": notes }) });
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "system.ts

      warning  schema/money-is-money  notes.Note.price
      notes.Note.price is a decimal and is called price, as if it were money.

        system.ts:3:64
          1 │ import { context, system, t } from "archwright";
          2 │ const Notes = context("notes");
        > 3 │ const Note = Notes.entity("Note", { id: t.id("note"), price: t.decimal(8, 2) });
            │                                                                ^^^^^^^
          4 │ export default system("hello", { contexts: [Notes] });

        why A number without its currency is added to one of another, and rounding that nobody chose loses
            cents.
        fix Write t.money(…), which counts minor units of one currency; or a name that says what is
            counted.

      info  security/system-has-roles  hello
      hello knows no roles, so whoever reaches it may change every row of notes.Note.

        system.ts:4:16
          2 │ const Notes = context("notes");
          3 │ const Note = Notes.entity("Note", { id: t.id("note"), price: t.decimal(8, 2) });
        > 4 │ export default system("hello", { contexts: [Notes] });
            │                ^^^^^^

        why That does for a first try and behind a gateway that signs people in. Anywhere else it is an
            open door.
        fix Declare a role, say \`allow\` at the operations and \`access\` at the entities: with the first
            role, what is not granted is closed.

      1 warning, 1 note in 1 file
      "
    `);
  });

  test("is said in short with --brief, and the call that says all", async () => {
    const folder = project({ "system.ts": notes });
    const { stdout } = await run(["check", "--brief", folder], { folder });
    expect(stdout).toMatchInlineSnapshot(`
      "warning  notes.Note.price is a decimal and is called price, as if it were money.
               Write t.money(…), which counts minor units of one currency; or a name that says what is
               counted.
               system.ts:3

      1 note more: archwright check
      "
    `);
  });

  test("is one document with --json, whose files are named from this folder", async () => {
    const { stdout } = await run(["check", "--json"], { folder: project({ "system.ts": notes }) });
    const { model, findings } = JSON.parse(stdout);
    expect(model).toMatchObject({ name: "hello", file: "system.ts", hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(findings.flatMap(({ at }: { at: { file: string }[] }) => at.map(({ file }) => file))).toContain("system.ts");
  });
});

test("a finding of severity error ends with 1", async () => {
  const folder = project({
    "system.ts": `import { context, integration, system, t } from "archwright";
const bank = integration("bank", { calls: { pay: { input: { sum: t.int() }, p50: "200ms", p99: "900ms" } } });
const Orders = context("orders");
const Order = Orders.entity("Order", { id: t.id("ord"), sum: t.int() });
export const payOrder = Orders.command("payOrder", {
  allow: "anyone", input: { sum: t.int() }, calls: [bank.pay], slo: { p99: "400ms" },
  async handle({ input, calls }) { await calls.pay({ sum: input.sum }); },
});
export default system("shop", { contexts: [Orders] });
`,
  });
  const { status, stdout } = await run(["check"], { folder });
  expect(status).toBe(1);
  expect(stdout).toContain("error  reliability/callees-fit-callers-p99  orders.payOrder\n");
});

describe("a model that cannot be read", () => {
  test("is a problem at the author's line, and ends with 1", async () => {
    const { status, stdout } = await run(["check"], { folder: project({ "system.ts": broken }) });
    expect(status).toBe(1);
    expect(stdout).toContain("error  load/syntax\n");
    expect(stdout).toContain("> 2 │ const Notes == context");
    expect(stdout).not.toMatch(/\n\s+at /);
  });

  test("is a document too, without the drawing of its lines", async () => {
    const { status, stdout } = await run(["check", "--json"], { folder: project({ "system.ts": broken }) });
    const { model, findings } = JSON.parse(stdout);
    expect([status, model]).toEqual([1, null]);
    expect(findings[0]).toMatchObject({ code: "load/syntax", severity: "error", at: [{ file: "system.ts", line: 2 }] });
    expect(findings[0].frame).toBeUndefined();
  });

  test("because it is not there is a wrong call, which ends with 2", async () => {
    const folder = project({ "other.ts": notes, "notes.md": "" });
    const said = await Promise.all([
      run(["check"], { folder }),
      run(["check", `${folder}/systen.ts`], { folder }),
      run(["check", `${folder}/notes.md`], { folder }),
    ]);
    expect(said.map(({ status }) => status)).toEqual([2, 2, 2]);
  });
});

test("what the model prints goes to standard error, so that a document stays one", async () => {
  const folder = project({ "system.ts": `${notes}console.log("reading");\n` });
  const { stdout, stderr } = await run(["check", "--json"], { folder });
  expect([JSON.parse(stdout).model.name, stderr]).toEqual(["hello", "reading\n"]);
});
