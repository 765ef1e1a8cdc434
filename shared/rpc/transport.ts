import type { Frame } from './frames';

export type Receiver = {
  /** Gets whatever arrived, in the order it was sent; only its size has been looked at. */
  receive: (message: unknown) => void;
  /** Told once, when either side or the line itself has closed. */
  closed: () => void;
};

/** Moves frames both ways, in order, and knows nothing of calls. */
export type Transport = {
  /** Sends a frame whose values pass `findUnfit`. After closing it does nothing. */
  send: (frame: Frame) => void;
  /** Begins delivery; called once. What arrived before is kept until then. */
  start: (receiver: Receiver) => void;
  close: () => void;
};
