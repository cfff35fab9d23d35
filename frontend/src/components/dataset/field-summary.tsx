import { formatNumber, percentOf } from '@/lib/format';
import classes from './field-summary.module.css';

type Field = { name: string; types: string[]; present: number };

/** The fields of a dataset: name, the JSON types seen, in how many records it stands. */
export function FieldSummary({ fields, records }: { fields: Field[]; records: number }) {
  return (
    <section className={classes.scroll} aria-label="Fields" tabIndex={0}>
      <table className={classes.fields}>
        <thead>
          <tr>
            <th>Field</th>
            <th>Type</th>
            <th>Present</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => (
            <tr key={field.name}>
              <td className={classes.name} title={field.name} dir="auto">
                {field.name}
              </td>
              <td className={classes.types}>{field.types.join(', ')}</td>
              <td className={classes.present} title={`${formatNumber(field.present)} records`}>
                {percentOf(field.present, records)}%
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
