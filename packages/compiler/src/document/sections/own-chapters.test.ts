import { describe, expect, test } from "vitest";
import { sampleShop } from "../subject/sample-shop.ts";
import { linesAbout, subjectOf, toldBy } from "../subject/testing.ts";
import { apiContracts } from "./api-contracts.ts";
import { contextAndRequirements } from "./context-and-requirements.ts";
import { decisionIndex } from "./decision-index.ts";
import { diagrams } from "./diagrams.ts";
import { eventSchemas } from "./event-schemas.ts";
import { openQuestions } from "./open-questions.ts";
import { serviceBoundaries } from "./service-boundaries.ts";

const subject = subjectOf(sampleShop());

describe("context and requirements", () => {
  test("what is stated and what is assumed are told apart", () => {
    expect(linesAbout(contextAndRequirements, subject, "orders.placeOrder | 4/s")).toEqual([
      "orders.placeOrder | 4/s | stated | 40/s (10/s to 300/s) | assumed, question open",
    ]);
    expect(linesAbout(contextAndRequirements, subject, "promised availability |")).toEqual(["promised availability | 99.9 % | stated"]);
    const shop = sampleShop();
    const { rtoMs: _, ...requirements } = shop.requirements;
    const silent = subjectOf({ ...shop, requirements });
    expect(linesAbout(contextAndRequirements, silent, "time to be back |")[0]).toMatch(/\| assumed, nobody said$/);
  });
});

describe("open questions", () => {
  test("a question says what is assumed, what may be, and what its answer changes", () => {
    const lines = toldBy(openQuestions, subject);
    const at = lines.indexOf("### How many orders come in the busiest second?");
    expect(lines[at + 1]).toBe("Peak rate of placeOrder: taken as 40/s, may be 10/s to 300/s (orders.placeOrder.peak).");
    expect(lines[at + 2]).toMatch(/becomes .+ at .+\/s instead of|The bill lies between/);
  });
});

describe("service boundaries", () => {
  test("a context says what it keeps, runs and answers", () => {
    expect(linesAbout(serviceBoundaries, subject, "orders (owned by shop) keeps")[0]).toContain(
      "keeps Order, runs greet, pay, placeOrder and settle, answers showOrders and works by itself at sweep. Order goes through open and paid.",
    );
  });

  test("what it offers names who may and who reacts, what it asks names the third party", () => {
    expect(linesAbout(serviceBoundaries, subject, "OrderPlaced | event")[0]).toMatch(/^OrderPlaced \| event \| orders\.greet/);
    expect(linesAbout(serviceBoundaries, subject, "bank (third party) | waits")).toEqual([
      "bank (third party) | waits for the answer | charge",
    ]);
  });
});

describe("diagrams", () => {
  const lines = toldBy(diagrams, subject);

  test("the map shows what passes between a context and a third party, both ways", () => {
    expect(lines).toContain("context orders → third party bank: charge");
    expect(lines).toContain("third party bank → context orders: charge.settled");
  });

  test("the busiest command is told from the request to what follows", () => {
    expect(lines).toContain("How placeOrder goes its way".replace(/^/, "## "));
    expect(lines).toContain("caller → context orders: POST /orders/place-order, with an Idempotency-Key");
    expect(lines).toContain("database → relay: OrderPlaced");
    expect(lines).toContain("relay → context orders: greet");
  });

  test("what runs is what was decided", () => {
    const [process = ""] = lines.filter((line) => line.startsWith("process 0 → database"));
    expect(process).toBe("process 0 → database: SQL, outbox and due jobs");
  });
});

describe("API contracts", () => {
  const lines = toldBy(apiContracts, subject);

  test("an operation has a request and an answer as they go over the wire", () => {
    expect(lines).toContain("POST /orders/place-order HTTP/1.1");
    expect(lines.some((line) => line.startsWith("Idempotency-Key: "))).toBe(true);
    expect(lines.some((line) => /^HTTP\/1\.1 200 OK$/.test(line))).toBe(true);
  });

  test("what routes share is told once, with how many of them it is on", () => {
    expect(lines.filter((line) => line.startsWith("400 | idempotency-key-missing |"))).toHaveLength(1);
    expect(lines.find((line) => line.startsWith("429 | too-many-requests |"))).toMatch(/\| all routes$/);
  });

  test("what runs inside only has no route, and says what sets it going", () => {
    expect(lines).toContain("orders.greet | on orders.OrderPlaced | order: id of orders.Order, email: email address");
  });
});

test("an event tells its fields, an example, and whom it reaches", () => {
  const lines = toldBy(eventSchemas, subject);
  expect(lines.find((line) => line.startsWith("orders.OrderPlaced |"))).toContain("orders.OrderPlaced | orders.placeOrder | orders.greet");
  expect(lines).toContain("email | email address | personal data (contract)");
  expect(lines).toContain('  "email": "ada@example.com"');
});

test("every decision is in the index, by itself or with its rule", () => {
  const text = toldBy(decisionIndex, subject).join("\n");
  for (const { about, question, rule } of subject.design.decisions)
    expect(text).toContain(about === undefined ? question : rule.replaceAll("-", " "));
});
