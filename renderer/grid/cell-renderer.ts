import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import { onOneLine, showDifference } from './glyphs';
import { type GridCell, type GridRow, isChanged } from './grid-row';

type Params = ICellRendererParams<GridRow, GridCell>;

function element(tag: string, className: string, text: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

/** A value by itself: a missing one shows as a dash, which is not what the cell holds. */
function value(tag: string, className: string, text: string | null): HTMLElement {
  if (text !== null && text !== '') return element(tag, className, onOneLine(text));
  const made = element(tag, `${className} cell-none`, text === null ? '—' : '""');
  made.title = text === null ? 'Missing' : 'Empty text';
  return made;
}

function difference({ before, after }: GridCell): Node[] {
  const shown = before !== null && after !== null ? showDifference(before, after) : { before, after };
  const arrow = element('span', 'cell-arrow', '→');
  arrow.ariaHidden = 'true';
  return [
    element('span', 'for-screen-readers', 'changed, before: '),
    value('del', 'cell-before', shown.before),
    arrow,
    element('span', 'for-screen-readers', ', after: '),
    value('ins', 'cell-after', shown.after),
  ];
}

/** A cell of data: `before → after` where it changed; the reason where its row was rejected for it. */
export class CellRenderer implements ICellRendererComp<GridRow> {
  private readonly gui = document.createElement('div');

  init(params: Params): void {
    this.gui.className = 'cell';
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.gui;
  }

  refresh(params: Params): boolean {
    this.show(params);
    return true;
  }

  private show({ value: cell }: Params): void {
    if (!cell) {
      this.gui.replaceChildren(element('span', 'cell-loading', ''));
      return;
    }
    const changed = isChanged(cell);
    this.gui.classList.toggle('cell-changed', changed);
    const parts: Node[] = changed
      ? difference(cell)
      : cell.after === null
        ? [value('span', 'cell-same', null)]
        : [element('span', 'cell-same', onOneLine(cell.after))];
    if (cell.reason !== null) parts.push(element('span', 'cell-reason', cell.reason));
    this.gui.replaceChildren(...parts);
  }
}
