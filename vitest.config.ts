import { configDefaults, defineConfig } from "vitest/config";

// Tests run from source: no build lies between a change and its test.
const conditions = ["archwright-source", "module", "node", "development|production"];
const slow = "**/*.slow.test.ts";

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    exclude: [...configDefaults.exclude, "**/dist/**"],
    projects: [
      {
        extends: true,
        // Files share their modules: loading these anew for each file took as long as the tests.
        test: {
          name: "fast",
          include: ["{packages,tests,examples,bench}/**/*.test.ts"],
          exclude: [slow],
          isolate: false,
          // A PostgreSQL of its own takes long to start on a busy machine.
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "slow",
          include: [`{packages,tests,examples,bench}/${slow}`],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Faults and floods are about time: they have the machine to themselves, and a second try where it was busy with something else.
          maxWorkers: 1,
          retry: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
