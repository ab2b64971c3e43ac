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
        test: { name: "fast", include: ["{packages,tests,examples}/**/*.test.ts"], exclude: [slow] },
      },
      {
        extends: true,
        test: { name: "slow", include: [`{packages,tests,examples}/${slow}`], testTimeout: 120_000, hookTimeout: 120_000 },
      },
    ],
  },
});
