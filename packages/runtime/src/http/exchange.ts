import { anyone, type Caller } from "../execution/seams.ts";

/** What the server knows of one request while it is under way. */
export class Exchange {
  readonly now: Date;
  /** The pattern of the route, or a dash where there is none. */
  route = "-";
  caller: Caller = anyone;
  /** Stands for the caller in the log. */
  callerTag: string | undefined;
  bodyBytes = 0;
  /** The code of the problem that it ended in. */
  problem: string | undefined;

  constructor(now: Date) {
    this.now = now;
  }
}

declare module "fastify" {
  interface FastifyRequest {
    exchange: Exchange;
  }
}
