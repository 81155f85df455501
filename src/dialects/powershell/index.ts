import type { Dialect } from '../dialect.ts';
import { capabilities } from './capabilities.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';

/** PowerShell's `Get-WinEvent`, filtered by a hashtable and by tests of each event's XML. */
export const powershell: Dialect = {
  name: 'powershell',
  title: 'PowerShell Get-WinEvent',
  reference: 'https://learn.microsoft.com/powershell/module/microsoft.powershell.diagnostics/get-winevent',
  extension: 'ps1',
  capabilities: () => capabilities,
  print,
  parse,
};
