import { assemble, type Finding } from "@archwright/model";
import { context, system } from "@archwright/model/language";
import { expect, test } from "vitest";
import { findingsPage } from "./findings-page.ts";

const { model } = assemble(system("shop", { contexts: [context("orders")] }));
const warning: Finding = {
  code: "naming/events-are-past",
  severity: "warning",
  item: "orders.<Placed>",
  message: 'orders.<Placed> says "now" & not then.',
  why: "Readers mistake it.",
  fix: "Rename it.",
  at: [{ file: "/shop/models/system.ts", line: 3, column: 7 }],
};

test("a page says each finding with its place, the worst first", () => {
  const page = findingsPage(model, [warning, { ...warning, severity: "error", message: "Worse." }], "/shop");
  expect(page).toContain("1 error, 1 warning in 1 file");
  expect(page).toContain("<code>models/system.ts:3:7</code>");
  expect(page.indexOf("Worse.")).toBeLessThan(
    page.indexOf(
      'Readers mistake it.</dd><dt>fix</dt><dd>Rename it.</dd></dl>\n<p class="places"><code>models/system.ts:3:7</code></p>\n</article>\n</main>',
    ),
  );
});

test("what the author wrote is text, and no markup", () => {
  const page = findingsPage(model, [warning], "/shop");
  expect(page).toContain("orders.&lt;Placed&gt; says &quot;now&quot; &amp; not then.");
  expect(page).not.toContain("<Placed>");
});

test("nothing found is said", () => {
  expect(findingsPage(model, [], "/shop")).toContain("<p>Nothing found.</p>");
});
