import type { AppContract } from '../../shared/contract/contract';
import type { CallName, EventData, EventName, Input, Output, Progress } from '../../shared/contract/define';
import type { CancelSignal } from '../../shared/ports/signal';

export type HostName = CallName<AppContract>;
export type HostInput<N extends HostName> = Input<AppContract, N>;
export type HostOutput<N extends HostName> = Output<AppContract, N>;
export type HostProgress<N extends HostName> = Progress<AppContract, N>;

/** The host as the window sees it; a failed call throws a Fault. */
export type HostClient = {
  call<N extends HostName>(
    name: N,
    input: HostInput<N>,
    options?: { signal?: CancelSignal; onProgress?: (progress: HostProgress<N>) => void },
  ): Promise<HostOutput<N>>;
  /** Listens to an event; the answer stops listening. */
  on<N extends EventName<AppContract>>(
    name: N,
    listener: (data: EventData<AppContract, N>) => void,
  ): () => void;
};
