import { randomInt, randomUUID } from "node:crypto";
import { connect } from "node:net";

// One process that only asks: kept-alive connections, one request at a time on each, as fast as the answers come.

process.on("message", (order) => void measure(order).then((result) => process.send?.(result)));
process.on("disconnect", () => process.exit());

async function measure({ url, workload, callers, staff, products, connections, warmupMs, measureMs }) {
  const { hostname, port } = new URL(url);
  const write = writers[workload];
  const world = { callers, staff, products };
  const latencies = [];
  const statuses = {};
  let bytes = 0;
  let counting = false;
  let stopping = false;
  const take = (status, size, startedAt) => {
    if (!counting) return;
    latencies.push(performance.now() - startedAt);
    statuses[status] = (statuses[status] ?? 0) + 1;
    bytes += size;
  };
  const running = Array.from({ length: connections }, () =>
    converse(hostname, Number(port), () => (stopping ? undefined : write(world)), take),
  );
  await sleep(warmupMs);
  process.send?.({ begun: true });
  counting = true;
  const startedAt = performance.now();
  await sleep(measureMs);
  counting = false;
  const seconds = (performance.now() - startedAt) / 1000;
  process.send?.({ ended: true });
  stopping = true;
  await Promise.all(running);
  latencies.sort((left, right) => left - right);
  const quantile = (share) => latencies[Math.floor(latencies.length * share)] ?? 0;
  return {
    requests: latencies.length,
    perSecond: latencies.length / seconds,
    p50: quantile(0.5),
    p99: quantile(0.99),
    statuses,
    bytesEach: bytes / latencies.length,
  };
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const one = (list) => list[randomInt(list.length)];

const headOf = (method, path, { token, actor }, more = "") =>
  `${method} ${path} HTTP/1.1\r\nhost: shop\r\n${token === undefined ? `x-actor: ${actor}` : `authorization: Bearer ${token}`}\r\n${more}`;
const withBody = (head, body) => `${head}content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

const writers = {
  a({ callers }) {
    const caller = one(callers);
    return `${headOf("GET", `/orders/${one(caller.orders)}`, caller)}\r\n`;
  },
  b({ callers }) {
    const caller = one(callers);
    return `${headOf("GET", `/orders?limit=20&after=${one(caller.cursors)}`, caller)}\r\n`;
  },
  d({ staff }) {
    const body = JSON.stringify({ name: `Product ${randomInt(1e9)}`, price: { amount: randomInt(10_000), currency: "EUR" }, stock: 100 });
    return withBody(headOf("POST", "/products", staff), body);
  },
  e({ callers, products }) {
    const first = randomInt(products.length);
    const second = (first + 1 + randomInt(products.length - 1)) % products.length;
    const items = [first, second].map((index) => ({ product: products[index], quantity: 1 + randomInt(3) }));
    return withBody(headOf("POST", "/orders", one(callers), `idempotency-key: ${randomUUID()}\r\n`), JSON.stringify({ items }));
  },
};

/** A small client: the answers that both servers give have a Content-Length. */
function converse(host, port, next, take) {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, noDelay: true });
    let startedAt = 0;
    let received = "";
    const ask = () => {
      const request = next();
      if (request === undefined) {
        socket.destroy();
        return resolve();
      }
      received = "";
      startedAt = performance.now();
      return socket.write(request);
    };
    socket.setEncoding("latin1");
    socket.on("connect", ask);
    socket.on("data", (text) => {
      received = received === "" ? text : received + text;
      const end = received.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(received.slice(0, end))?.[1] ?? NaN);
      if (Number.isNaN(length)) return reject(new Error(`An answer without a length: ${received.slice(0, end)}`));
      if (received.length < end + 4 + length) return;
      take(received.slice(9, 12), length, startedAt);
      ask();
    });
    socket.on("error", reject);
  });
}
