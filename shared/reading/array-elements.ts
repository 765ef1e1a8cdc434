import { DEEPEST, endOfQuoted, hasHalf, isJson } from './flatten';

/** The texts between the outermost brackets of JSON, parted by commas; null where brackets are nested too deep. */
function partsOf(text: string, open: number): string[] | null {
  const parts: string[] = [];
  let start = open + 1;
  let depth = 1;
  for (let i = start; depth > 0; i++) {
    const character = text[i];
    if (character === '"') i = endOfQuoted(text, i);
    else if (character === '[' || character === '{') depth++;
    else if (character === ']' || character === '}') depth--;
    if (depth > DEEPEST) return null;
    if (depth > 0 && (depth > 1 || character !== ',')) continue;
    parts.push(text.slice(start, i).trim());
    start = i + 1;
  }
  return parts.length === 1 && parts[0] === '' ? [] : parts;
}

function elementOf(part: string): string | null {
  if (part === 'null') return null;
  return part.startsWith('"') ? JSON.parse(part) : part;
}

/**
 * The elements of a JSON array: a string's text, null for null, and of all else the JSON text as it stands there. Null
 * where the text is no JSON array by RFC 8259, is nested more than `DEEPEST` deep, or has a string that holds half of a
 * surrogate pair. What stands within elements must be JSON, and is not looked at otherwise. The job has the same in
 * json_elements.py.
 */
export function arrayElements(text: string): (string | null)[] | null {
  const open = /^[ \t\n\r]*\[/.exec(text)?.[0].length;
  if (open === undefined || !isJson(text)) return null;
  const elements = partsOf(text, open - 1)?.map(elementOf) ?? null;
  // As in an object: halves are there only where they are escaped.
  return text.includes('\\u') && elements?.some(hasHalf) ? null : elements;
}
