import { expect, test } from "vitest";
import { verdictOf } from "../testing.ts";
import { ordersModel } from "./testing.ts";

test("a platform is good for 99.9 %, and containers in two zones for more", () => {
  const model = ordersModel();
  expect(verdictOf(model, "hosting", { availability: 0.999 }).chosen).toBe("paas");
  expect(verdictOf(model, "hosting", { availability: 0.9991 })).toMatchObject({
    chosen: "containers",
    options: { paas: { ruledOutBy: ["it is down for more than its share of what is promised"] } },
  });
});

test("a machine pays where its processors save more than its hours cost", () => {
  const model = ordersModel({ availability: "99%" });
  const saving = { "application.cores": 6, "hour-price": 28 };
  expect(verdictOf(model, "hosting", saving).chosen).toBe("paas");
  expect(verdictOf(model, "hosting", { ...saving, "hour-price": 26 }).chosen).toBe("single-machine");
  expect(verdictOf(model, "hosting", { ...saving, "application.cores": 6.2 }).options["single-machine"]?.ruledOutBy).toEqual([
    "the largest machine has no more processors",
  ]);
});

test("a cluster pays for many processes, and for who has run one", () => {
  const knows = ordersModel({
    availability: "99.95%",
    team: 40,
    skills: ["kubernetes"],
    pin: { placement: { choose: "one-process", because: "it is one program" } },
  });
  const processes = (count: number) => ({ "one-process.processes": count, "hour-price": 60 });
  expect(verdictOf(knows, "hosting", processes(30)).chosen).toBe("containers");
  expect(verdictOf(knows, "hosting", processes(60)).chosen).toBe("kubernetes");
  const learns = ordersModel({ availability: "99.95%", team: 3 });
  expect(verdictOf(learns, "hosting").options["kubernetes"]?.ruledOutBy).toEqual(["a team of that size has other work"]);
});

test("functions cost as much as the smallest container at 5.6 calls a second", () => {
  const model = ordersModel({ availability: "99%" });
  const { options } = verdictOf(model, "hosting", { "orders.place.mean": 5.6, "load.mean": 5.6 });
  const smallest = Number(options["containers"]?.["core-price"]) / 4;
  expect(Number(options["serverless"]?.["calls-cost"]) / smallest).toBeCloseTo(1, 1);
});

test("what runs between requests rules functions out", () => {
  const { options } = verdictOf(ordersModel(), "hosting", { background: 1 });
  expect(options["serverless"]?.ruledOutBy).toEqual(["functions sleep between requests, and events and jobs have to run then"]);
});

test("beyond 99.98 % containers stand in two regions", () => {
  const model = ordersModel();
  expect(verdictOf(model, "hosting", { availability: 0.9999 })).toMatchObject({
    chosen: "containers",
    options: { containers: { ruledOutBy: [] } },
  });
});
