/** Why each query that the five documents print differs from its rule, in our words; by page and target. */
export const remarks: Readonly<Record<string, string>> = {
  '000/powershell':
    'It searches the message that Windows writes for people, in the language of the machine. In English it misses nothing that the rule means, but takes more: the first line takes events of any id, since that of the first document (1) is lost, and finds the hash wherever it stands behind the word; the dot of the second fits any character.',
  '000/es-qs':
    'Sysmon writes no field `Imphash`: the hash is a part of `Hashes`, so the first line finds nothing in what Winlogbeat stores, and it asks for no event id. Values are compared with their case, which the rule does not want.',
  '000/xpack-watcher':
    'The query is that of es-qs. The watch never fires: it filters on `timestamp`, where Winlogbeat writes `@timestamp`; and bash takes away half of the backslashes of an unquoted heredoc, so that what reaches the server is no JSON. Its mail could list nothing, since it asks for zero hits.',
  '000/graylog':
    'There is no field `Imphash`, and no field of these names at all in what Winlogbeat sends to Graylog: they begin with `winlogbeat_event_data_`. The log source and event id 1 are lost.',
  '000/splunk':
    "Sysmon's events have no field `Imphash`, and the first line asks for no event id. Only the classic form of the source is named; hosts that forward XML write `XmlWinEventLog:`.",
  '000/logpoint': 'The first line names no log and no event id; the hash is a part of a list of hashes.',
  '000/grep':
    'The first line wants the hash at the beginning of the line, where no event has it. The second is refused by GNU grep: `\\T` of the path is read as an escape, and there is none. Both have lost the names of the fields and heed case.',
  '001/kibana-lucene':
    'Two queries are joined by a line break that Kibana reads as a space, which means OR by default. `EventID` alone tells no log: event id 1 occurs in many. The fields are those of the raw event with a sub-field `.keyword` that Winlogbeat does not make, and wildcards on it heed case.',
  '001/xpack-watcher':
    'The path `_xpack/watcher` was removed in Elasticsearch 8, the list of indices is empty, the mail has no recipient, and it filters on `timestamp`; but none of this matters, since bash takes away half of the backslashes of an unquoted heredoc, and what is left is no JSON.',
  '001/graylog':
    'Wildcards in quotation marks are stars and nothing else: the query looks for the phrase `* -ma *` and finds no command line.',
  '002/es-qs':
    'No log source: every event with such a command line is taken. `.keyword` heeds case and is not made by Winlogbeat.',
  '002/xpack-watcher': 'The list of indices is empty, the watch filters on `timestamp`, and it fetches no hits.',
  '002/graylog':
    'No log source; Graylog makes no sub-field `.keyword`. Values side by side are joined by the default operator, which is AND in some versions.',
  '002/splunk': 'No log source: any event with such a command line is taken, be it of a process or not.',
  '002/logpoint':
    "Event id 1 of any source: the log is not named. The field of the command line is that of the raw event, where LogPoint's normaliser writes `command`.",
  '002/grep':
    'Any line with these words is taken, whatever field they stand in, and only in this spelling. The page doubles its backslashes: pasted as it is printed there, the query finds nothing.',
  '003/spl2':
    'The dot of `comsvcs.dll` fits any character. Ours is the same predicate, printed again from what was read.',
  '004/kusto':
    '`find` without tables searches all of them. `has` looks for whole terms: `procdump64.exe` holds no term `procdump`. Ours is the same predicate, printed again from what was read.',
};
