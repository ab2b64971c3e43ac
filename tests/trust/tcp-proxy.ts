import { connect, createServer, type Socket } from "node:net";

/** How the network between the two behaves. */
export type Weather =
  /** Bytes pass, each after so long. */
  | { readonly kind: "passes"; readonly delayMs: number }
  /** Nothing passes and nothing is refused: what a cable looks like that was pulled. */
  | { readonly kind: "swallows" }
  /** Each connection is broken off, also new ones. */
  | { readonly kind: "resets" };

/** A network of one's own between a client and a server. */
export interface TcpProxy {
  readonly port: number;
  /** @param forgets Whether the connections of now are dead for ever, at both ends and without a word, as after a router that lost its table. */
  set(weather: Weather, forgets?: boolean): void;
  close(): Promise<void>;
}

export interface Place {
  readonly host: string;
  readonly port: number;
}

/** @param target Where new connections lead, asked for each. */
export async function startTcpProxy(target: () => Place): Promise<TcpProxy> {
  let weather: Weather = { kind: "passes", delayMs: 0 };
  const lines = new Set<Line>();
  const server = createServer((near) => {
    if (weather.kind === "resets") return void near.resetAndDestroy();
    lines.add(new Line(near, target(), () => weather));
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    set(next, forgets = false) {
      weather = next;
      for (const line of lines) {
        if (forgets) line.forget();
        if (next.kind === "resets") line.reset();
        else line.resume();
      }
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      lines.forEach((line) => line.reset());
      await closed;
    },
  };
}

/** One connection and what stands behind it. */
class Line {
  readonly #near: Socket;
  readonly #weather: () => Weather;
  readonly #held: (() => void)[] = [];
  #far: Socket | undefined;
  #dead = false;

  constructor(near: Socket, target: Place, weather: () => Weather) {
    this.#near = near;
    this.#weather = weather;
    near.on("error", () => this.#pass(() => this.reset()));
    near.on("close", () => this.#pass(() => this.#far?.destroy()));
    near.on("data", (bytes: Buffer) => this.#pass(() => this.#far?.write(bytes)));
    near.on("end", () => this.#pass(() => this.#far?.end()));
    this.#pass(() => {
      const far = connect(target.port, target.host);
      this.#far = far;
      far.on("error", () => this.#pass(() => this.reset()));
      far.on("data", (bytes: Buffer) => this.#pass(() => near.write(bytes)));
      far.on("end", () => this.#pass(() => near.end()));
      far.on("close", () => this.#pass(() => near.destroy()));
    });
  }

  forget(): void {
    this.#dead = true;
  }

  reset(): void {
    this.#near.resetAndDestroy();
    this.#far?.resetAndDestroy();
  }

  /** Lets go, in order, what was held while nothing passed. */
  resume(): void {
    if (this.#dead || this.#weather().kind !== "passes") return;
    this.#held.splice(0).forEach((step) => step());
  }

  #pass(step: () => void): void {
    const weather = this.#weather();
    if (this.#dead || weather.kind !== "passes" || this.#held.length > 0) return void (this.#dead || this.#held.push(step));
    if (weather.delayMs === 0) return step();
    // The order of the bytes is that of the timers, which all have the same length.
    setTimeout(step, weather.delayMs);
    return undefined;
  }
}
