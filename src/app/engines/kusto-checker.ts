import { createRequire } from 'node:module';
import type { Availability } from '../../prove/engine.ts';
import type { ColumnType, Profile } from '../../schema/profile.ts';

/** What a vendor's own parser says against a text. */
export interface Complaint {
  /** The vendor's: `KS142`. */
  readonly code: string;
  readonly message: string;
  /** UTF-16 offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/**
 * A vendor's parser, as the judge of what we print and read: other than an engine it runs nothing, but knows the syntax,
 * the columns of a profile's tables, and which types an operator takes.
 */
export interface Checker {
  readonly name: string;
  /** The dialect whose texts it checks. */
  readonly dialect: string;
  available(): Promise<Availability>;
  /** The errors in each text, in their order; none for a text that the product would run. */
  check(texts: readonly string[], profile: Profile): readonly (readonly Complaint[])[];
}

const PACKAGE = '@kusto/language-service-next';

/**
 * Microsoft's parser of Kusto, which its own editors use (https://github.com/microsoft/Kusto-Query-Language), loaded at
 * the first use: it takes half a second, and a few milliseconds a text.
 */
export function kustoChecker(): Checker {
  let service: Service | undefined;
  return {
    name: 'kusto-language-service',
    dialect: 'kusto',
    available: () => {
      try {
        createRequire(import.meta.url).resolve(PARTS[0]);
        return Promise.resolve({ ok: true });
      } catch {
        return Promise.resolve({ ok: false, install: `npm install ${PACKAGE}@12.4.1` });
      }
    },
    check: (texts, profile) => {
      service ??= load();
      const globals = globalsFor(profile, service);
      return texts.map((text) => complaintsAbout(text, globals, service!));
    },
  };
}

const PARTS = [`${PACKAGE}/bridge.min.js`, `${PACKAGE}/Kusto.Language.Bridge.min.js`] as const;

/** The part of the package that is used here; it is compiled from C#, and its own types describe 1.7 MB of it. */
interface Service {
  readonly GlobalState: { readonly Default: Globals };
  readonly KustoCode: { ParseAndAnalyze(text: string, globals: Globals): Code };
  readonly Symbols: {
    readonly ScalarTypes: { GetSymbol(name: string): unknown };
    readonly ColumnSymbol: new (name: string, type: unknown) => unknown;
    readonly TableSymbol: { readonly $ctor4: new (name: string, columns: readonly unknown[]) => unknown };
    readonly DatabaseSymbol: { readonly ctor: new (name: string, tables: readonly unknown[]) => unknown };
  };
}

interface Globals {
  WithDatabase(database: unknown): Globals;
}

interface Code {
  GetDiagnostics(): { readonly Count: number; getItem(index: number): Diagnosis };
}

interface Diagnosis {
  readonly Severity: string;
  readonly Code: string;
  readonly Message: string;
  readonly Start: number;
  readonly End: number;
}

/** The package puts its names into the global scope, as scripts of a page do. */
function load(): Service {
  const require = createRequire(import.meta.url);
  for (const part of PARTS) require(part);
  return (globalThis as unknown as { Kusto: { Language: Service } }).Kusto.Language;
}

function globalsFor({ tables = {} }: Profile, { GlobalState, Symbols }: Service): Globals {
  const known = Object.entries(tables).map(([name, { columns }]) => {
    const typed = Object.entries(columns).map(
      ([column, type]) => new Symbols.ColumnSymbol(column, Symbols.ScalarTypes.GetSymbol(type satisfies ColumnType)),
    );
    return new Symbols.TableSymbol.$ctor4(name, typed);
  });
  return GlobalState.Default.WithDatabase(new Symbols.DatabaseSymbol.ctor('workspace', known));
}

function complaintsAbout(text: string, globals: Globals, { KustoCode }: Service): readonly Complaint[] {
  const found = KustoCode.ParseAndAnalyze(text, globals).GetDiagnostics();
  const all = Array.from({ length: found.Count }, (_, index) => found.getItem(index));
  return all
    .filter(({ Severity }) => Severity === 'Error')
    .map(({ Code, Message, Start, End }) => ({ code: Code, message: Message, start: Start, end: End }));
}
