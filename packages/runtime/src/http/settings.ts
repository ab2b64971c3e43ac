/** How many requests one key may make: `limit` per window in the long run, `burst` (default `limit`) at once after a pause. */
export interface Rate {
  readonly limit: number;
  readonly windowMs: number;
  readonly burst?: number;
}

export interface RateLimits {
  /** Of one account. */
  readonly account: Rate;
  /** Of one address, while nobody is known behind it: no token, or one that has not been verified yet. */
  readonly address: Rate;
  /** Of one address, for signing in, signing up and refreshing. */
  readonly credentials: Rate;
  /** Of one address with one email, for signing in and up. */
  readonly login: Rate;
  /** Of one address, for the webhooks of one integration. */
  readonly webhook: Rate;
}

export interface HttpSettings {
  readonly bodyLimitBytes: number;
  /** For the whole request to arrive. */
  readonly requestTimeoutMs: number;
  /** For code that a person wrote to answer it. Everything else has a timeout of its own. */
  readonly answerTimeoutMs: number;
  readonly headersTimeoutMs: number;
  /** A caller who takes nothing of his answer for this long is cut off, at the latest after twice as long. */
  readonly unreadTimeoutMs: number;
  /** An unused connection is closed after this: later than a load balancer would, which must be the one that closes. */
  readonly keepAliveTimeoutMs: number;
  readonly requestsPerSocketMax: number;
  /**
   * Requests of the model's routes that are worked on at once; further ones are sent away with 503. Those that code of a person answers
   * are counted for themselves, as they may wait for somebody else.
   */
  readonly underWayMax: number;
  /** Of one parameter in a path. */
  readonly parameterLengthMax: number;
  /**
   * Proxies whose `X-Forwarded-For` says where a request comes from: addresses, networks such as `10.0.0.0/8`, or `loopback` and
   * `uniquelocal`. Nobody's by default: to trust everybody is to let every caller choose the address that his limits are counted for.
   */
  readonly trustedProxies: readonly string[];
  /** Origins whose pages may call from a browser: `https://shop.example`, or `*` for all. */
  readonly corsOrigins: readonly string[];
  readonly rateLimits: RateLimits | "off";
  /** Where callers reach the server, when that is known: `https://api.shop.example`. */
  readonly publicUrl?: string;
}

export const defaultSettings: HttpSettings = {
  bodyLimitBytes: 1_048_576,
  requestTimeoutMs: 30_000,
  answerTimeoutMs: 30_000,
  headersTimeoutMs: 10_000,
  unreadTimeoutMs: 15_000,
  keepAliveTimeoutMs: 72_000,
  requestsPerSocketMax: 10_000,
  underWayMax: 200,
  parameterLengthMax: 200,
  trustedProxies: [],
  corsOrigins: [],
  rateLimits: {
    account: { limit: 1_200, windowMs: 60_000 },
    address: { limit: 600, windowMs: 60_000 },
    credentials: { limit: 60, windowMs: 60_000 },
    login: { limit: 10, windowMs: 60_000 },
    webhook: { limit: 6_000, windowMs: 60_000 },
  },
};
