import { z } from 'zod';
import type { CancelSignal } from '../ports/signal';

/** One call of a contract: what it takes, what it answers, and what it tells on the way. */
export type CallDefinition<
  I extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
  P extends z.ZodType | undefined = z.ZodType | undefined,
> = { readonly input: I; readonly output: O; readonly progress: P };

/** Every call and event between renderer and host, by name. */
export type Contract = {
  readonly calls: Readonly<Record<string, CallDefinition>>;
  readonly events: Readonly<Record<string, z.ZodType>>;
};

export type CallName<C extends Contract> = keyof C['calls'] & string;
export type EventName<C extends Contract> = keyof C['events'] & string;

/** What a caller passes to a call. */
export type Input<C extends Contract, N extends CallName<C>> = z.input<C['calls'][N]['input']>;
/** What a handler gets: the input once it is validated, with defaults in place. */
export type ValidInput<C extends Contract, N extends CallName<C>> = z.output<C['calls'][N]['input']>;
/** What a call answers. */
export type Output<C extends Contract, N extends CallName<C>> = z.output<C['calls'][N]['output']>;
/** What a call tells while it runs; `never` for a call without progress. */
export type Progress<C extends Contract, N extends CallName<C>> = C['calls'][N]['progress'] extends z.ZodType
  ? z.output<C['calls'][N]['progress']>
  : never;
/** What an event carries. */
export type EventData<C extends Contract, N extends EventName<C>> = z.output<C['events'][N]>;

/** Sends an event to the other side. */
export type Emit<C extends Contract> = <N extends EventName<C>>(name: N, data: EventData<C, N>) => void;

/** What a handler gets beside its input. */
export type CallContext<C extends Contract, N extends CallName<C>> = {
  /** Aborted when the caller cancels or goes away. */
  signal: CancelSignal;
  progress: (value: Progress<C, N>) => void;
  emit: Emit<C>;
};

export type Handler<C extends Contract, N extends CallName<C>> = (
  input: ValidInput<C, N>,
  context: CallContext<C, N>,
) => Promise<Output<C, N>>;

/** One handler for each call of the contract. */
export type Handlers<C extends Contract> = { [N in CallName<C>]: Handler<C, N> };

/** Bytes such as an Arrow stream. They cross every transport as bytes, wherever they stand in a value. */
export const bytes = z.instanceof(Uint8Array);

/** Defines a call. Its input refuses unknown keys; objects within it do so by `z.strictObject`. */
export function call<I extends z.ZodType, O extends z.ZodType>(definition: {
  input: I;
  output: O;
}): CallDefinition<I, O, undefined>;
export function call<I extends z.ZodType, O extends z.ZodType, P extends z.ZodType>(definition: {
  input: I;
  output: O;
  progress: P;
}): CallDefinition<I, O, P>;
export function call(definition: {
  input: z.ZodType;
  output: z.ZodType;
  progress?: z.ZodType;
}): CallDefinition {
  const { input, output, progress } = definition;
  return { input: input instanceof z.ZodObject ? input.strict() : input, output, progress };
}

/** Defines an event by the schema of what it carries. */
export function event<S extends z.ZodType>(schema: S): S {
  return schema;
}
