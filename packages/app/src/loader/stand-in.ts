/** Called before a thing of the outside is used, with its name; throws if it must not be. */
export type Ask = (name: string) => void;

/**
 * Stands in for a thing of the outside. It can be imported, named, passed on and taken apart, so that handlers may refer
 * to it; calling it, or reading a plain value off it, asks first.
 *
 * @param owner what the thing is a method of: a method of a native object works on that object only
 */
export function standIn(real: unknown, name: string, ask: Ask, owner?: object): unknown {
  // Not the real thing itself: a proxy must be honest about what it wraps, and that may be frozen.
  const target = isCallable(real) ? function () {} : {};
  return new Proxy(target, isCallable(real) ? functionTraps(real, name, ask, owner) : valueTraps(real, name, ask));
}

type Callable = (...values: unknown[]) => unknown;

function functionTraps(real: Callable, name: string, ask: Ask, owner: object | undefined): ProxyHandler<Callable> {
  return {
    apply: (_, self, values) => {
      ask(`${name}()`);
      return Reflect.apply(real, owner ?? self, values);
    },
    construct: (_, values) => {
      ask(`new ${name}()`);
      const made: object = Reflect.construct(real, values);
      return made;
    },
    get: (_, key) => {
      const value: unknown = Reflect.get(real, key);
      // What every function has (`bind`, `call`, `name`) says nothing of the outside.
      return isThing(value) && Object.hasOwn(real, key) && typeof key === "string" ? standIn(value, `${name}.${key}`, ask) : value;
    },
  };
}

function valueTraps(real: unknown, name: string, ask: Ask): ProxyHandler<object> {
  const thing = isThing(real) ? real : undefined;
  // The members of a list have no names of their own.
  const named = (key: PropertyKey): string => (Array.isArray(real) ? name : `${name}.${String(key)}`);
  const read = (key: PropertyKey): unknown => {
    if (!thing) ask(name);
    const value: unknown = Reflect.get(Object(real), key);
    if (typeof key === "symbol" || (key in Object.prototype && value === Reflect.get(Object.prototype, key))) return value;
    if (!isThing(value)) ask(named(key));
    return isThing(value) ? standIn(value, named(key), ask, thing) : value;
  };
  return {
    get: (_, key) => read(key),
    getOwnPropertyDescriptor: (_, key) => ({ configurable: true, enumerable: true, writable: true, value: read(key) }),
    has: (_, key) => {
      ask(named(key));
      return Reflect.has(Object(real), key);
    },
    ownKeys: () => {
      ask(name);
      return Reflect.ownKeys(Object(real));
    },
    set: (_, key, value) => {
      ask(named(key));
      return Reflect.set(Object(real), key, value);
    },
  };
}

const isCallable = (value: unknown): value is Callable => typeof value === "function";
const isThing = (value: unknown): value is object => (typeof value === "object" && value !== null) || isCallable(value);
