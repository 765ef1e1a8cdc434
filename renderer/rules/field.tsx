import { useId } from 'react';
import type { FormField } from '../../shared/operations/operation';
import { BlocksField } from '../matching/blocks-field';
import { ComparisonsField } from '../matching/comparisons-field';
import { ReviewField } from '../matching/review-field';
import { VariantsField } from '../variants/variants-field';
import { ArrangementField } from './arrangement-field';
import { ChoicesField } from './choices-field';
import { ColumnsField } from './columns-field';
import { ConditionsField } from './conditions-field';
import { EntriesField } from './entries-field';
import { FieldFaults } from './field-faults';
import { FormulaField } from './formula-field';
import { KeyField } from './key-field';
import { OrderField } from './order-field';
import type { FieldFault } from './parameters';
import { RegionSelect } from './region-select';
import { ShareInput } from './share-input';
import { SurvivorshipField } from './survivorship-field';
import { TableField } from './table-field';
import { ZoneInput } from './zone-input';

export type FieldProps = {
  field: FormField;
  /** Columns that are there before the step. */
  columns: readonly string[];
  value: unknown;
  faults: readonly FieldFault[];
  /** `undefined` takes the parameter away. */
  onChange: (value: unknown) => void;
};

const WIDE = {
  arrangement: ArrangementField,
  blocks: BlocksField,
  comparisons: ComparisonsField,
  conditions: ConditionsField,
  order: OrderField,
  survivorship: SurvivorshipField,
};
const isWide = (control: string): control is keyof typeof WIDE => control in WIDE;
const PANELS = { review: ReviewField, variants: VariantsField };

/** Whether a field needs the width of the form. */
export const isPanel = ({ control }: FormField): boolean => control in PANELS || control === 'comparisons';

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** One control of a step's form, with its help and what is wrong with it. */
export function Field(props: FieldProps) {
  const { field, columns, value, faults, onChange } = props;
  const id = useId();
  if (field.control === 'columns') {
    return (
      <ColumnsField
        label={field.label}
        columns={columns}
        value={textsOf(value)}
        most={columns.length}
        faults={faults}
        onChange={onChange}
      />
    );
  }
  if (isWide(field.control)) {
    const Control = WIDE[field.control];
    return (
      <div className="field form-wide">
        <span className="label">{field.label}</span>
        <Control columns={columns} value={value} onChange={onChange} />
        <FieldFaults faults={faults} pattern="" />
      </div>
    );
  }
  if (field.control === 'variants' || field.control === 'review') {
    const Panel = PANELS[field.control];
    return (
      <div className="field form-wide">
        <span className="label">{field.label}</span>
        <Panel label={field.label} />
        <FieldFaults faults={faults} pattern="" />
      </div>
    );
  }
  if (field.control === 'formula') {
    return (
      <FormulaField
        label={field.label}
        help={field.help}
        columns={columns}
        value={textOf(value)}
        faults={faults}
        onChange={onChange}
      />
    );
  }
  if (field.control === 'choices') {
    return (
      <ChoicesField label={field.label} choices={field.choices} value={textsOf(value)} onChange={onChange} />
    );
  }
  if (field.control === 'entries' || field.control === 'table') {
    return (
      <div className="field form-wide">
        <span className="label">{field.label}</span>
        {field.control === 'table' ? (
          <TableField label={field.label} value={value} onChange={onChange} />
        ) : (
          <EntriesField fields={field.fields} columns={columns} value={value} onChange={onChange} />
        )}
        {field.help && <span className="help">{field.help}</span>}
        <FieldFaults faults={faults} pattern="" />
      </div>
    );
  }
  if (field.control === 'flag') {
    return (
      <div className="field form-flag">
        <label className="check-field">
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          {field.label}
        </label>
        <FieldFaults faults={faults} pattern="" />
      </div>
    );
  }
  const described = { id, 'aria-invalid': faults.length > 0, 'aria-describedby': `${id}-help` };
  return (
    <div className={`field${field.control === 'texts' || field.control === 'pattern' ? ' form-wide' : ''}`}>
      <label htmlFor={id}>{field.label}</label>
      <Control {...props} described={described} />
      <span id={`${id}-help`}>
        {field.help && <span className="help">{field.help}</span>}
        <FieldFaults faults={faults} pattern={field.control === 'pattern' ? textOf(value) : ''} />
      </span>
    </div>
  );
}

type Described = { id: string; 'aria-invalid': boolean; 'aria-describedby': string };

function Control({ field, columns, value, onChange, described }: FieldProps & { described: Described }) {
  const setText = (text: string) => onChange(text === '' ? undefined : text);
  switch (field.control) {
    case 'choice':
      return (
        <select
          {...described}
          className="select"
          value={textOf(value)}
          onChange={(e) => onChange(e.target.value)}
        >
          {field.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      );
    case 'column':
      return (
        <select
          {...described}
          className="select"
          value={textOf(value)}
          onChange={(e) => setText(e.target.value)}
        >
          <option value="">{field.optional ? 'None' : 'Choose a column'}</option>
          {columns.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      );
    case 'region':
      return <RegionSelect described={described} value={textOf(value)} onChange={setText} />;
    case 'key':
      return <KeyField described={described} value={textOf(value)} onChange={setText} />;
    case 'zone':
      return <ZoneInput described={described} value={textOf(value)} onChange={onChange} />;
    case 'share':
      return <ShareInput described={described} value={value} onChange={onChange} />;
    case 'number':
      return (
        <input
          {...described}
          className="input number"
          type="number"
          min={field.least}
          max={field.most}
          value={typeof value === 'number' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : Number(event.target.value))}
        />
      );
    case 'texts':
      return (
        <textarea
          {...described}
          className="input form-texts mono"
          rows={4}
          value={textsOf(value).join('\n')}
          onChange={(event) => onChange(event.target.value.split('\n'))}
        />
      );
    case 'text':
    case 'pattern':
      return (
        <input
          {...described}
          className={field.control === 'pattern' ? 'input mono' : 'input'}
          spellCheck={false}
          autoComplete="off"
          value={textOf(value)}
          onChange={(event) => setText(event.target.value)}
        />
      );
    default:
      return null;
  }
}
