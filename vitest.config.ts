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
        test: { name: "fast", include: ["{packages,tests,examples,bench}/**/*.test.ts"], exclude: [slow], isolate: false },
      },
      {
        extends: true,
        test: { name: "slow", include: [`{packages,tests,examples,bench}/${slow}`], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
