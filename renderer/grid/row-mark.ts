import type { ICellRendererComp, ICellRendererParams } from 'ag-grid-community';
import { type Departure, departureOf, type GridRow } from './grid-row';

const SIGNS: Readonly<Record<Departure['fate'], string>> = { rejected: '✕', filtered: '⊘', merged: '⤷' };

/** “rejected by step 7: not a valid e-mail address (e-mail)”. */
export function departureWords({ fate, step, reason, column, survivor }: Departure): string {
  const into = survivor === null ? '' : ` into row ${survivor}`;
  return `${fate}${into} by step ${step}: ${reason}${column === null ? '' : ` (${column})`}`;
}

const ADDED = 'added to the sample for its shape';

function addedMark(): HTMLElement[] {
  const sign = document.createElement('span');
  sign.className = 'row-sign added';
  sign.ariaHidden = 'true';
  sign.textContent = '+';
  const words = document.createElement('span');
  words.className = 'for-screen-readers';
  words.textContent = `, ${ADDED}`;
  return [sign, words];
}

/** The row's number and, where it left, the mark of how. */
export class RowMark implements ICellRendererComp<GridRow> {
  private readonly gui = document.createElement('div');

  init(params: ICellRendererParams<GridRow>): void {
    this.gui.className = 'row-mark';
    this.show(params);
  }

  getGui(): HTMLElement {
    return this.gui;
  }

  refresh(params: ICellRendererParams<GridRow>): boolean {
    this.show(params);
    return true;
  }

  private show({ data }: ICellRendererParams<GridRow>): void {
    this.gui.replaceChildren();
    if (!data) return;
    const number = document.createElement('span');
    number.className = 'row-number';
    number.textContent = data.view.label(data.row);
    this.gui.append(number);
    const added = data.view.isAdded(data.row);
    if (added) this.gui.append(...addedMark());
    const departure = departureOf(data);
    this.gui.title = [added ? ADDED : '', departure ? departureWords(departure) : '']
      .filter((one) => one !== '')
      .join('; ');
    if (!departure) return;
    const sign = document.createElement('span');
    sign.className = `row-sign ${departure.fate}`;
    sign.ariaHidden = 'true';
    sign.textContent = SIGNS[departure.fate] + (departure.survivor ?? '');
    const words = document.createElement('span');
    words.className = 'for-screen-readers';
    words.textContent = `, ${departureWords(departure)}`;
    this.gui.append(sign, words);
  }
}
