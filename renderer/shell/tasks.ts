import { create } from 'zustand';

export type TaskProgress = {
  /** What is being done: `reading`. */
  readonly words?: string;
  readonly rows?: number | null;
  /** Rows in all, where known. */
  readonly of?: number | null;
  readonly rowsPerSecond?: number | null;
};

/** Work in progress, shown in the status line. */
export type Task = {
  readonly id: number;
  readonly title: string;
  readonly progress: TaskProgress;
  /** Absent for work that must not be cut short. */
  readonly cancel?: () => void;
};

export const useTasks = create<{ readonly tasks: readonly Task[] }>(() => ({ tasks: [] }));

let lastId = 0;

export type TaskContext = { readonly signal: AbortSignal; readonly progress: (value: TaskProgress) => void };

/**
 * Does some work while the status line shows it, with its progress and a way to cancel it. Rethrows what the work
 * throws.
 */
export async function runTask<T>(
  title: string,
  work: (context: TaskContext) => Promise<T>,
  { cancellable = true, signal: outer }: { cancellable?: boolean; signal?: AbortSignal } = {},
): Promise<T> {
  const id = ++lastId;
  const controller = new AbortController();
  const cancel = () => controller.abort(new DOMException('Cancelled by the steward.', 'AbortError'));
  outer?.addEventListener('abort', cancel, { once: true });
  const task: Task = { id, title, progress: {}, ...(cancellable && { cancel }) };
  useTasks.setState(({ tasks }) => ({ tasks: [...tasks, task] }));
  const progress = (value: TaskProgress) =>
    useTasks.setState(({ tasks }) => ({
      tasks: tasks.map((one) => (one.id === id ? { ...one, progress: value } : one)),
    }));
  try {
    return await work({ signal: controller.signal, progress });
  } finally {
    outer?.removeEventListener('abort', cancel);
    useTasks.setState(({ tasks }) => ({ tasks: tasks.filter((one) => one.id !== id) }));
  }
}
