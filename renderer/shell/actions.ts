import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import type { Place } from './places';

/** Something a steward can do: it stands in the palette and, with keys, in the list of shortcuts. */
export type Action = {
  readonly id: string;
  /** As a button would say it: `Add a step`. */
  readonly title: string;
  readonly group: string;
  /** Such as `Mod+K`, `F6`, `Alt+ArrowUp`, `?`; Mod is Cmd on a Mac and Ctrl elsewhere. */
  readonly keys?: string;
  /** Its keys work only there; from the palette the window goes there first. */
  readonly place?: Place;
  /** Words that also find it in the palette. */
  readonly also?: string;
  /** The keys are shown, but handled where the focus is (such as in the grid). */
  readonly handledLocally?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
};

type Registry = { readonly lists: ReadonlyMap<object, readonly Action[]> };

const useRegistry = create<Registry>(() => ({ lists: new Map() }));

function put(owner: object, actions: readonly Action[] | null): void {
  useRegistry.setState(({ lists }) => {
    const next = new Map(lists);
    if (actions === null) next.delete(owner);
    else next.set(owner, actions);
    return { lists: next };
  });
}

const signature = (actions: readonly Action[]): string =>
  JSON.stringify(actions.map(({ id, title, keys, disabled }) => [id, title, keys, disabled]));

/** Offers actions while the component is there. Their `run` may change with each rendering. */
export function useActions(actions: readonly Action[]): void {
  const latest = useRef(actions);
  latest.current = actions;
  const key = signature(actions);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the signature stands for the actions
  useEffect(() => {
    const owner = {};
    put(
      owner,
      latest.current.map((action, i) => ({ ...action, run: () => latest.current[i]?.run() })),
    );
    return () => put(owner, null);
  }, [key]);
}

/** All actions on offer now. */
export const currentActions = (): readonly Action[] => [...useRegistry.getState().lists.values()].flat();

/** All actions on offer, for a component that shows them. */
export function useAllActions(): readonly Action[] {
  const lists = useRegistry((state) => state.lists);
  return [...lists.values()].flat();
}

/** Does what an action that is on offer does; false when it is not on offer. */
export function runAction(id: string): boolean {
  const action = currentActions().find((one) => one.id === id && !one.disabled);
  action?.run();
  return action !== undefined;
}
