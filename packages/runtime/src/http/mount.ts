import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods, onRequestHookHandler, RouteShorthandOptions } from "fastify";

/** A route of ours. */
export interface Mounted {
  readonly method: HTTPMethods;
  readonly path: string;
  /** The limits and the authentication before it. */
  readonly gate?: onRequestHookHandler;
  readonly schema?: NonNullable<RouteShorthandOptions["schema"]>;
  readonly handler: (request: FastifyRequest, reply: FastifyReply) => unknown;
}

export function mount(app: FastifyInstance, { path, gate, ...route }: Mounted): void {
  // Asking the request for its route builds an object each time; the pattern is known here.
  const enter: onRequestHookHandler = (request, _reply, done) => {
    request.exchange.route = path;
    done();
  };
  app.route({ ...route, url: path, onRequest: gate ? [enter, gate] : [enter] });
}
