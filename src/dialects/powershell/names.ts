/** Where PowerShell finds the values of an event. */
import type { Profile } from '../../schema/profile.ts';

/** What stands in the event's `System` element, by our names, as properties of `EventLogRecord`. */
const PROPERTIES: Readonly<Record<string, string>> = {
  Computer: 'MachineName',
  Level: 'Level',
  EventRecordID: 'RecordId',
  Opcode: 'Opcode',
  Task: 'Task',
  Version: 'Version',
  Provider_Guid: 'ProviderId',
  Security_UserID: 'UserId',
  Execution_ProcessID: 'ProcessId',
  Execution_ThreadID: 'ThreadId',
  Correlation_ActivityID: 'ActivityId',
};

/** The property of `$_` that holds the field, or undefined where its value is in the event's data. */
export function propertyOf(field: string, { source }: Profile): string | undefined {
  if (field === source.channel) return 'LogName';
  if (field === source.eventId) return 'Id';
  if (field === source.provider) return 'ProviderName';
  return Object.hasOwn(PROPERTIES, field) ? PROPERTIES[field] : undefined;
}

/** The field that a property of `$_` holds; PowerShell does not heed the case of names. */
export function fieldOfProperty(property: string, { source }: Profile): string | undefined {
  const name = property.toLowerCase();
  if (name === 'logname') return source.channel ?? undefined;
  if (name === 'id') return source.eventId ?? undefined;
  if (name === 'providername') return source.provider ?? undefined;
  return Object.keys(PROPERTIES).find((field) => PROPERTIES[field]!.toLowerCase() === name);
}

/** Every event of every log; `-LogName *` stops at 256 logs, of which Windows has more. */
export const EVERY_LOG = 'Get-WinEvent -ListLog * | ForEach-Object { Get-WinEvent -LogName $_.LogName }';
/** The event's XML. */
export const XML = '$x = [xml]$_.ToXml();';
/** A list of values for each name in `EventData` and `UserData`; an element without a name goes by its own. */
export const DATA =
  "$d = @{}; foreach ($n in $x.SelectNodes('/*/*[2]//*[not(*)]')) { $k = $n.GetAttribute('Name'); if (!$k) { $k = $n.LocalName }; $d[$k] += @($n.InnerText) };";
/** Every value of the event, those in `System` among them. */
export const VALUES = "$v = $x.SelectNodes('//text() | /*/*[1]//@*').Value;";
/** What a value must look like to be compared as a number. */
export const NUMBER = '^\\s*[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?\\s*\\z';
