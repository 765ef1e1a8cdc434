/** The columns of a file whose rows cannot be looked at here. */
export function ColumnNames({ names }: { names: readonly string[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="first-rows" aria-label="Columns" tabIndex={0}>
      <table className="plain-table">
        <thead>
          <tr>
            {names.map((name) => (
              <th key={name}>{name}</th>
            ))}
          </tr>
        </thead>
      </table>
    </section>
  );
}
