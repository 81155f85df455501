/** A value as event logs hold it: JSON's values. */
export type Value = Scalar | null | readonly Value[] | { readonly [key: string]: Value };
export type Scalar = string | number | boolean;

/** One recorded event, behind the two questions that detections ask of it. */
export interface Event {
  /**
   * The value of a field by its name; undefined if the event has no such field.
   * A dotted name is first sought as it stands, then as a path through nested objects; a path that crosses an array
   * gathers the values of all elements.
   */
  get(field: string): Value | undefined;
  /** Every scalar value with its dotted name, arrays unfolded, in the order of the record. */
  values(): Iterable<readonly [field: string, value: Scalar]>;
}

/** The JSON object that an event is read from. */
export type Raw = { readonly [key: string]: Value };

/**
 * Opens a JSON object as an event. Blanks in the names of its fields do not count (`Threat Name` answers to
 * `ThreatName`), as the Sigma specification's section "Field Usage" asks.
 *
 *     eventOf({ winlog: { event_id: 1 } }).get('winlog.event_id')   // 1
 */
export function eventOf(raw: Raw): Event {
  return {
    get: (field) => lookUp(raw, field),
    values: () => scalars(raw, ''),
  };
}

/** The scalars of a value: itself, or those of an array's elements. Null, missing and objects have none. */
export function scalarsOf(value: Value | undefined): readonly Scalar[] {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap(scalarsOf);
  return typeof value === 'object' ? [] : [value];
}

/** The text that tests look at: a number as its shortest decimal, a boolean as `true` or `false`. */
export function textOf(value: Scalar): string {
  return typeof value === 'string' ? value : String(value);
}

function lookUp(value: Value | undefined, path: string): Value | undefined {
  if (value === null || typeof value !== 'object') return undefined;
  if (Array.isArray(value)) {
    const found = (value as readonly Value[])
      .map((element) => lookUp(element, path))
      .filter((each) => each !== undefined);
    return found.length === 0 ? undefined : found;
  }
  const object = value as Raw;
  if (Object.hasOwn(object, path)) return object[path];
  const spaced = spacedKeys(object)?.get(path);
  if (spaced !== undefined) return object[spaced];
  for (let dot = path.indexOf('.'); dot !== -1; dot = path.indexOf('.', dot + 1)) {
    const head = path.slice(0, dot);
    if (!Object.hasOwn(object, head)) continue;
    const found = lookUp(object[head], path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

const spaced = new WeakMap<object, Map<string, string> | null>();

/** Maps names without their blanks to the names as recorded; null for the usual object, which has none. */
function spacedKeys(object: Raw): Map<string, string> | null {
  const known = spaced.get(object);
  if (known !== undefined) return known;
  let names: Map<string, string> | null = null;
  for (const key in object) if (key.includes(' ')) (names ??= new Map()).set(key.replaceAll(' ', ''), key);
  spaced.set(object, names);
  return names;
}

function* scalars(value: Value, path: string): Generator<readonly [string, Scalar]> {
  if (value === null) return;
  if (typeof value !== 'object') return yield [path, value];
  if (Array.isArray(value)) for (const element of value as readonly Value[]) yield* scalars(element, path);
  else
    for (const [key, inner] of Object.entries(value as Raw))
      yield* scalars(inner, path === '' ? key : `${path}.${key}`);
}
