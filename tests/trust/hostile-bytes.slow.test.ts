import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "./caller.ts";
import { assertRefusal } from "./refusal.ts";
import { shopWorld, type ShopWorld } from "./shop-world.ts";

let world: ShopWorld;
let customer: Caller;
let staff: Caller;

beforeAll(async () => {
  world = await shopWorld();
  [customer, staff] = [await world.customer(), await world.staff()];
});

afterAll(async () => {
  await world.close();
});

describe("no body makes the server fail", () => {
  const bodies: readonly (readonly [what: string, bytes: string | Buffer, status: number])[] = [
    ["JSON that is nested 100 000 deep", `{"items":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 400],
    ["objects that are nested 50 000 deep", `${'{"items":'.repeat(50_000)}1${"}".repeat(50_000)}`, 400],
    ["100 000 keys", `{${Array.from({ length: 90_000 }, (_, index) => `"k${index}":1`).join(",")}}`, 400],
    ["one key of a megabyte", `{"${"k".repeat(1_000_000)}":1}`, 400],
    [
      "a key of a megabyte beside what is right",
      `{"items":[{"product":"prd_${"0".repeat(26)}","quantity":1}],"${"k".repeat(1_000_000)}":1}`,
      400,
    ],
    ["100 000 items", `{"items":[${"{},".repeat(100_000)}{}]}`, 400],
    ["a million commas", `[${",".repeat(1_000_000)}]`, 400],
    ["two megabytes", `"${"x".repeat(2_000_000)}"`, 413],
    ["a prototype", '{"__proto__":{"isAdmin":true},"items":[]}', 400],
    ["a prototype that is written as escapes", '{"\\u005f_proto__":{"isAdmin":true}}', 400],
    ["a constructor", '{"constructor":{"prototype":{"isAdmin":true}}}', 400],
    ["a prototype in an item", '{"items":[{"__proto__":{"quantity":1},"product":"x"}]}', 400],
    ["the same key twice", '{"items":[],"items":1}', 400],
    ["invalid UTF-8", Buffer.from('{"items":"\xff\xfe"}', "latin1"), 400],
    ["an overlong slash", Buffer.from('{"items":"\xc0\xaf"}', "latin1"), 400],
    ["a surrogate as UTF-8", Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), 400],
    ["UTF-16", Buffer.from("\ufeff{}", "utf16le"), 400],
    ["nothing", "", 400],
    ["half of it", '{"items":[', 400],
    ["a bare NaN", '{"items":NaN}', 400],
  ];
  test.each(bodies)("%s", async (_, bytes, expected) => {
    // To cancel takes no body, so that none is right there.
    for (const path of ["/orders", "/products", "/auth/sign-up", ...(bytes === "" ? [] : [`/orders/ord_${"0".repeat(26)}/cancel`])]) {
      const caller = path === "/products" ? staff : customer;
      const answered = await caller.send("POST", path, { bytes, headers: { "idempotency-key": "body" } });
      expect(answered.status, answered.text.slice(0, 300)).toBe(expected);
      assertRefusal(answered, path);
      // Whoever is refused is told why in a few words, however much he sent.
      expect(answered.text.length).toBeLessThan(20_000);
      expect(answered.ms).toBeLessThan(2_000);
    }
  });
});

describe("no bytes on a connection make the server fail", () => {
  const requests: readonly (readonly [what: string, bytes: string | Buffer, expected: RegExp])[] = [
    ["headers of a megabyte", `GET /products HTTP/1.1\r\nhost: x\r\nx: ${"y".repeat(1_000_000)}\r\n\r\n`, /^HTTP\/1\.1 431 /],
    ["10 000 headers", `GET /products HTTP/1.1\r\nhost: x\r\n${"x: y\r\n".repeat(10_000)}\r\n`, /^HTTP\/1\.1 431 /],
    ["an address of a megabyte", `GET /${"y".repeat(1_000_000)} HTTP/1.1\r\nhost: x\r\n\r\n`, /^HTTP\/1\.1 (431|400|414) /],
    ["two lengths", "POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd", /^HTTP\/1\.1 400 /],
    [
      "a length and chunks",
      "POST /orders HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
      /^HTTP\/1\.1 400 /,
    ],
    ["a header with NUL", "GET /products HTTP/1.1\r\nhost: x\r\nx: a\0b\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["a header that is folded", "GET /products HTTP/1.1\r\nhost: x\r\nx: a\r\n b: c\r\n\r\n", /^HTTP\/1\.1 400 /],
    ["TLS", Buffer.from("16030100a5010000a10303", "hex"), /^HTTP\/1\.1 400 /],
    ["HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", /^HTTP\/1\.1 (400|505) /],
    ["a proxy's address", "GET http://169.254.169.254/latest HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n", /^HTTP\/1\.1 (400|404) /],
    ["a tunnel", "CONNECT localhost:5432 HTTP/1.1\r\nhost: x\r\n\r\n", /^(HTTP\/1\.1 4\d\d |$)/],
    [
      "an upgrade",
      "GET /products?words=x HTTP/1.1\r\nhost: x\r\nconnection: upgrade, close\r\nupgrade: websocket\r\n\r\n",
      /^HTTP\/1\.1 (200|400|426) /,
    ],
  ];
  test.each(requests)("%s", async (_, bytes, expected) => {
    expect(await conversation(bytes)).toMatch(expected);
  });
});

/** What the server says until it closes, or has said nothing more for a while. */
function conversation(bytes: string | Buffer): Promise<string> {
  return new Promise((resolve) => {
    let heard = "";
    const socket = connect(world.shop.port, "127.0.0.1", () => socket.write(bytes));
    socket.setTimeout(1_500, () => socket.destroy());
    socket.setEncoding("latin1").on("data", (text: string) => (heard += text));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(heard));
  });
}

test("after all of that it is the same process, and it has failed at nothing", async () => {
  expect((await world.stranger().get("/products?words=tea")).status).toBe(200);
  expect(world.shop.output()).not.toContain('"problem":"internal"');
  process.kill(world.shop.pid, 0);
});
