/** Writes a record as its host's collector does. Values are text, as Windows renders them; the order is a collector's. */
export function shaped(record) {
  switch (record.host.shape) {
    case 'flat':
      return flat(record);
    case 'winlogbeat':
      return winlogbeat(record);
    default:
      return eventJson(record);
  }
}

function flat({ host, log, eventId, at, fields }) {
  const time = new Date(at).toISOString();
  return {
    SourceName: log.provider,
    ProviderGuid: `{${log.guid}}`,
    Level: log.level,
    Keywords: log.keywords,
    Channel: log.channel,
    Hostname: host.computer,
    TimeCreated: time,
    '@timestamp': time,
    EventID: eventId,
    ...fields,
  };
}

function winlogbeat({ host, log, eventId, at, recordId, fields }) {
  return {
    '@timestamp': new Date(at).toISOString(),
    event: { code: String(eventId), kind: 'event', provider: log.provider },
    host: { name: host.computer },
    log: { level: 'information' },
    winlog: {
      channel: log.channel,
      provider_name: log.provider,
      provider_guid: `{${log.guid}}`,
      computer_name: host.computer,
      event_id: String(eventId),
      record_id: recordId,
      event_data: fields,
    },
  };
}

function eventJson({ host, log, eventId, at, recordId, fields }) {
  return {
    Event: {
      System: {
        Provider: { '#attributes': { Name: log.provider, Guid: log.guid } },
        EventID: eventId,
        Level: Number(log.level),
        Keywords: log.keywords,
        TimeCreated: { '#attributes': { SystemTime: new Date(at).toISOString() } },
        EventRecordID: recordId,
        Channel: log.channel,
        Computer: host.computer,
      },
      EventData: fields,
    },
  };
}
