import { type ReactNode, useEffect, useState } from 'react';
import { FaultNotice } from '../shell/fault-notice';
import { type Loaded, useLoaded } from '../shell/use-call';

/** Things that go on at a cluster, as they change: the newest first. */
export type Watched<T> = {
  readonly loaded: Loaded<readonly T[]> & { readonly reload: () => void };
  readonly items: readonly T[];
  /** The chosen one, or the newest. */
  readonly shown: T | undefined;
  readonly choose: (id: string) => void;
  /** Takes in one as it is now. */
  readonly put: (item: T) => void;
};

type Kind<T> = {
  readonly name: string;
  readonly load: (signal: AbortSignal) => Promise<readonly T[]>;
  /** Hears of changes; answers what ends it. */
  readonly listen: (changed: (item: T) => void) => () => void;
  readonly idOf: (item: T) => string;
  /** When it was made, in ISO 8601. */
  readonly madeAt: (item: T) => string;
};

/** Loads things and hears of their changes. */
export function useWatched<T>({ name, load, listen, idOf, madeAt }: Kind<T>): Watched<T> {
  const loaded = useLoaded(name, load);
  const [changed, setChanged] = useState<ReadonlyMap<string, T>>(new Map());
  const [chosen, choose] = useState<string | null>(null);
  const put = (item: T) => setChanged((before) => new Map(before).set(idOf(item), item));
  // biome-ignore lint/correctness/useExhaustiveDependencies: put only sets state
  useEffect(() => listen(put), []);
  const all = new Map((loaded.value ?? []).map((item) => [idOf(item), item]));
  for (const [id, item] of changed) all.set(id, item);
  const items = [...all.values()].sort((a, b) => madeAt(b).localeCompare(madeAt(a)));
  return { loaded, items, shown: items.find((one) => idOf(one) === chosen) ?? items[0], choose, put };
}

type Column<T> = {
  readonly title: string;
  readonly isNumber?: boolean;
  /** What it holds; `since`: the exact time of what is told by words. */
  readonly cell: (item: T) => ReactNode;
  readonly hover?: (item: T) => string;
  readonly className?: string;
};

type Props<T extends { readonly name: string }> = {
  title: string;
  about: string;
  /** What loading them is, where it fails: `Asking for runs`. */
  doing: string;
  /** What is said where there is none. */
  nothing: string;
  watched: Watched<T>;
  idOf: (item: T) => string;
  state: (item: T) => ReactNode;
  columns: readonly Column<T>[];
  children: (shown: T) => ReactNode;
};

/** A list of what goes on at clusters, and the one that is looked at. */
export function WatchedList<T extends { readonly name: string }>(props: Props<T>) {
  const { title, about, doing, nothing, watched, idOf, state, columns, children } = props;
  const { loaded, items, shown, choose } = watched;
  return (
    <div className="publish-content">
      <header className="ready-head">
        <div>
          <h2>{title}</h2>
          <p className="muted">{about}</p>
        </div>
        <button type="button" className="button" onClick={loaded.reload}>
          Refresh
        </button>
      </header>
      {loaded.status === 'failed' && (
        <FaultNotice error={loaded.error} doing={doing} button={{ label: 'Ask again', run: loaded.reload }} />
      )}
      {loaded.status === 'ready' && items.length === 0 && <p className="muted">{nothing}</p>}
      {items.length > 0 && (
        <div className="runs-scroll">
          <table className="plain-table runs">
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Rules</th>
                {columns.map((column) => (
                  <th key={column.title} scope="col" className={column.isNumber ? 'number' : undefined}>
                    {column.title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {items.map((item) => (
                <tr key={idOf(item)} aria-selected={item === shown}>
                  <td>{state(item)}</td>
                  <td>
                    <button type="button" className="link" onClick={() => choose(idOf(item))}>
                      {item.name}
                    </button>{' '}
                    <span className="muted small mono">{idOf(item).slice(0, 8)}</span>
                  </td>
                  {columns.map(({ title: name, isNumber, className, cell, hover }) => (
                    <td key={name} className={isNumber ? 'number' : className} title={hover?.(item)}>
                      {cell(item)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {shown && children(shown)}
    </div>
  );
}
