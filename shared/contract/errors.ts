/** Where a fault lies. Rows and columns count from 1, byte offsets from 0. */
export type Place = {
  file?: string;
  row?: number;
  column?: number | string;
  offset?: number;
  path?: string;
};

export type FaultFields = {
  /** Stable and dotted, such as `hdfs.not-found`. */
  code: string;
  /** What is wrong, in one sentence a steward understands. Never holds cell values. */
  message: string;
  /** What still stands despite the fault. */
  unaffected?: string;
  /** What to do next. */
  advice?: string;
  place?: Place;
  details?: Record<string, unknown>;
};

/** A fault as it crosses the RPC. */
export type FaultJson = FaultFields & { name: 'Fault' };

/** An expected failure with a stable code. `cause` stays on this side of the RPC. */
export class Fault extends Error {
  readonly code: string;
  readonly unaffected: string | undefined;
  readonly advice: string | undefined;
  readonly place: Place | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(fields: FaultFields & { cause?: unknown }) {
    super(fields.message, fields.cause === undefined ? undefined : { cause: fields.cause });
    this.name = 'Fault';
    this.code = fields.code;
    this.unaffected = fields.unaffected;
    this.advice = fields.advice;
    this.place = fields.place;
    this.details = fields.details;
  }

  toJSON(): FaultJson {
    return {
      name: 'Fault',
      code: this.code,
      message: this.message,
      ...(this.unaffected !== undefined && { unaffected: this.unaffected }),
      ...(this.advice !== undefined && { advice: this.advice }),
      ...(this.place !== undefined && { place: this.place }),
      ...(this.details !== undefined && { details: this.details }),
    };
  }

  static fromJSON(json: FaultFields): Fault {
    return new Fault(json);
  }
}

/** True for a fault, and, when codes are given, only for one of those codes. */
export function isFault(error: unknown, ...codes: string[]): error is Fault {
  return error instanceof Fault && (codes.length === 0 || codes.includes(error.code));
}
