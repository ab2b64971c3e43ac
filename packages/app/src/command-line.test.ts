import { describe, expect, test } from "vitest";
import { commands } from "./commands.ts";
import { run } from "./testing.ts";

describe("help", () => {
  test("lists every command, and where to begin", async () => {
    const { status, stdout, stderr } = await run(["--help"]);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: archwright [options] [command]

      A backend architect as a compiler: describe a backend in one typed model; check it, draw it, run it.

      Options:
        -v, --version                    print the version
        -h, --help                       print this help

      Commands:
        check [options] [path]           what a senior architect would say of the model
        design [options] [path]          decide the architecture: what to choose, why, what it costs,
                                         where it tips
        explain [options] <name> [path]  where a number of the design comes from, or how a choice was made
        build [options] [path]           write contracts, schema and diagrams
        dev [options] [path]             run it here: database, documentation, reload
        start [options] [path]           run it for real, on your PostgreSQL
        model [options] [path]           the model as data
        grant [options] [path]           give an account a role

      A model is a file named system.ts. Without a path, a command takes the one of this folder.

      Begin here:
        archwright dev           run the model of this folder
        archwright help <name>   what a command does, with examples
      "
    `);
  });

  test("of a command says what it does, with examples and statuses", async () => {
    const { status, stdout } = await run(["help", "build"]);
    expect(status).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "Usage: archwright build [options] [path]

      Writes everything that follows from the model into one folder: the OpenAPI contract, the PostgreSQL
      schema, the diagrams and the model as tables. The files are stamped with the model's hash and never
      edited: a file that was changed by hand is not overwritten without --force. A model with errors is
      written too, and the status says so.

      Options:
        -o, --output <folder>  where to write; left out: build, beside the model
        --check                write nothing; exit with 1 when the folder is not what the model says
        --force                overwrite files that were changed by hand
        --json                 print one JSON document: { hash, folder, artefacts, changed, findings },
                               the findings being errors
        -h, --help             print this help

      Examples:
        archwright build                             into ./build
        archwright build -o docs/backend --check     in CI: is the folder up to date?

      Exit status: 0 fine, 1 findings of severity error, or something did not work, 2 the call itself was
      wrong.
      "
    `);
  });

  test("of start lists the settings as a table", async () => {
    expect((await run(["help", "start"])).stdout).toContain(
      "\n  PORT                  the port to listen on; 3000 unless said otherwise\n",
    );
  });

  test.each(commands.map(({ name }) => name))("of %s is the same with help, --help and -h", async (name) => {
    const [first, ...others] = await Promise.all([run(["help", name]), run([name, "--help"]), run([name, "-h"])]);
    expect(others).toEqual([first, first]);
  });

  test("comes by itself, on standard error, where no command was said", async () => {
    const { status, stdout, stderr } = await run([]);
    expect([status, stdout, stderr]).toEqual([2, "", (await run(["help"])).stdout]);
  });
});

describe("a call that is wrong", () => {
  test.each([
    [["chek"]],
    [["help", "nope"]],
    [["check", "--brif"]],
    [["--jsn"]],
    [["check", "one", "two"]],
    [["build", "-o"]],
    [["build", "--check", "--force"]],
    [["dev", "--port", "abc"]],
    [["grant", "--email", "ada@shop.example"]],
    [["start"]],
  ])("%j ends with 2, and says what, why and fix", async (words) => {
    const { status, stdout, stderr } = await run(words);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(/^error {2}\S[^]+\n {2}why \S[^]+\n {2}fix \S[^]+\n$/);
  });

  test("names the command that was meant", async () => {
    expect((await run(["chek"])).stderr).toMatchInlineSnapshot(`
      "error  There is no command "chek".
        why The commands are check, design, explain, build, dev, start, model, grant.
        fix Did you mean \`archwright check\`?
      "
    `);
  });

  test("names the option that was meant", async () => {
    expect((await run(["check", "--brif"])).stderr).toMatchInlineSnapshot(`
      "error  archwright check has no option --brif.
        why It has --brief, --json, --help.
        fix Did you mean --brief?
      "
    `);
  });

  test("names the option that lacks its value", async () => {
    expect((await run(["build", "-o"])).stderr).toMatchInlineSnapshot(`
      "error  --output came without its value.
        why It is -o, --output <folder>.
        fix Write a value behind it, as \`archwright help build\` shows.
      "
    `);
  });

  test("is a document with --json", async () => {
    const { status, stdout } = await run(["build", "--check", "--force", "--json"]);
    expect([status, JSON.parse(stdout)]).toEqual([
      2,
      {
        error: {
          what: "--check and --force contradict each other.",
          why: "One writes nothing, the other overwrites.",
          fix: "Leave one of them out.",
        },
      },
    ]);
  });
});

test("the version is that of the package", async () => {
  expect((await run(["--version"])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("no line is wider than the terminal, however narrow that is", async () => {
  const { runCommandLine } = await import("./command-line.ts");
  for (const columns of [60, 80, 200]) {
    let text = "";
    const stream = { columns, write: (part: string) => (text += part) };
    for (const { name } of commands)
      await runCommandLine(["help", name], {
        stdout: stream,
        stderr: stream,
        environment: {},
        folder: process.cwd(),
        untilInterrupted: () => new Promise(() => undefined),
      });
    const examples = new Set(commands.flatMap((command) => command.examples.map(([line]) => `  ${line}`)));
    const wide = text.split("\n").filter((line) => line.length > columns && !examples.has(line));
    expect(wide).toEqual([]);
  }
});
