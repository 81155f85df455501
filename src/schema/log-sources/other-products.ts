import type { EventKind } from '../event-kind.ts';
import type { Mapping } from '../profile.ts';
import { sysmonFields } from './windows-fields.ts';

/** What a product writes, by Sigma's category and service; `whole` is a rule that names the product alone. */
export interface Product {
  readonly categories: Readonly<Record<string, readonly EventKind[]>>;
  readonly services: Readonly<Record<string, readonly EventKind[]>>;
  readonly whole: readonly EventKind[];
}

/** Events that nothing sets apart from others without channel; `name` says what a rule takes them for. */
export function unmarked(name: string, fields: Readonly<Record<string, Mapping>> = {}): EventKind {
  return { name, stream: 'unmarked', channel: null, eventIds: [], fields };
}

function format(name: string, ...others: string[]): EventKind {
  return { name, stream: 'format', channel: null, eventIds: [], formats: [name, ...others], fields: {} };
}

/** A format that products and collectors write in too many ways to be sure of its mark. */
function loose(name: string, ...others: string[]): readonly EventKind[] {
  return [format(name, ...others), unmarked(`${name}, unmarked`)];
}

const linuxChannel = 'Linux-Sysmon/Operational';

/** Sysmon for Linux: https://github.com/microsoft/SysmonForLinux. Other sensors give their events the same names. */
function linuxSysmon(category: string, eventId: number): readonly EventKind[] {
  return [
    {
      name: `linux-sysmon/${eventId}`,
      stream: 'windows',
      channel: linuxChannel,
      eventIds: [eventId],
      fields: sysmonFields,
    },
    unmarked(`linux/${category}`),
  ];
}

function services(product: string, names: readonly string[]): Product {
  const kinds = names.map((name) => [name, [unmarked(`${product}/${name}`)]] as const);
  return { categories: {}, services: Object.fromEntries(kinds), whole: [unmarked(product)] };
}

const linux: Product = {
  categories: {
    process_creation: linuxSysmon('process_creation', 1),
    network_connection: linuxSysmon('network_connection', 3),
    process_termination: linuxSysmon('process_termination', 5),
    raw_access_read: linuxSysmon('raw_access_read', 9),
    file_event: linuxSysmon('file_event', 11),
    sysmon_status: linuxSysmon('sysmon_status', 16),
    file_delete: linuxSysmon('file_delete', 23),
  },
  services: {
    auditd: [format('linux.auditd')],
    sysmon: [
      { name: linuxChannel, stream: 'windows', channel: linuxChannel, eventIds: [], fields: sysmonFields },
      unmarked('linux/sysmon'),
    ],
    ...services('linux', ['auth', 'clamav', 'cron', 'guacamole', 'modsecurity', 'sshd', 'sudo', 'syslog', 'vsftpd'])
      .services,
  },
  whole: [unmarked('linux'), format('linux.auditd')],
};

const macosCategories = [
  'process_creation',
  'network_connection',
  'process_termination',
  'raw_access_read',
  'file_event',
  'sysmon_status',
  'file_delete',
];

const zeekLogs = [
  ...['conn', 'dce_rpc', 'dhcp', 'dns', 'files', 'ftp', 'http', 'kerberos', 'ldap', 'notice', 'ntlm', 'pe', 'rdp'],
  ...['sip', 'smb_files', 'smb_mapping', 'smtp', 'snmp', 'software', 'ssh', 'ssl', 'syslog', 'tunnel', 'weird', 'x509'],
];

/** Every product of SigmaHQ's rules but Windows; the application products that stand in `applications` are the rest. */
export const otherProducts: Readonly<Record<string, Product>> = {
  linux,
  macos: {
    categories: Object.fromEntries(macosCategories.map((name) => [name, [unmarked(`macos/${name}`)]])),
    services: {},
    whole: [unmarked('macos')],
  },
  aws: { categories: {}, services: { cloudtrail: [format('aws.cloudtrail')] }, whole: [format('aws.cloudtrail')] },
  azure: {
    categories: {},
    services: {
      activitylogs: loose('azure.activitylogs'),
      auditlogs: loose('azure.auditlogs'),
      pim: loose('azure.riskdetection'),
      riskdetection: loose('azure.riskdetection'),
      signinlogs: loose('azure.signinlogs'),
    },
    whole: loose('azure.activitylogs', 'azure.auditlogs', 'azure.riskdetection', 'azure.signinlogs'),
  },
  gcp: {
    categories: {},
    services: {
      'gcp.audit': [format('gcp.audit')],
      'google_workspace.admin': loose('gcp.audit'),
      'google_workspace.login': loose('gcp.audit'),
    },
    whole: loose('gcp.audit'),
  },
  github: { categories: {}, services: { audit: [format('github.audit')] }, whole: [format('github.audit')] },
  bitbucket: { categories: {}, services: { audit: [format('bitbucket.audit')] }, whole: [format('bitbucket.audit')] },
  m365: {
    categories: {},
    services: {
      audit: loose('m365'),
      exchange: loose('m365'),
      threat_detection: loose('m365'),
      threat_management: loose('m365'),
    },
    whole: loose('m365'),
  },
  okta: { categories: {}, services: { okta: [format('okta.system')] }, whole: [format('okta.system')] },
  onelogin: {
    categories: {},
    services: { 'onelogin.events': [format('onelogin.events')] },
    whole: [format('onelogin.events')],
  },
  kubernetes: {
    categories: { application: [format('kubernetes.audit')] },
    services: { audit: [format('kubernetes.audit')] },
    whole: [format('kubernetes.audit')],
  },
  zeek: {
    categories: {},
    services: Object.fromEntries(zeekLogs.map((log) => [log, [format(`zeek.${log}`, 'zeek')]])),
    whole: [format('zeek', ...zeekLogs.map((log) => `zeek.${log}`))],
  },
  opencanary: { categories: { application: [format('opencanary')] }, services: {}, whole: [format('opencanary')] },
  fortigate: { categories: {}, services: { event: loose('fortigate.event') }, whole: loose('fortigate.event') },
  rpc_firewall: {
    categories: { application: rpcFirewall() },
    services: {},
    whole: rpcFirewall(),
  },
  cisco: services('cisco', ['aaa', 'bgp', 'duo', 'ldp', 'syslog']),
  fortios: services('fortios', ['sslvpnd']),
  huawei: services('huawei', ['bgp', 'ldp']),
  juniper: services('juniper', ['bgp', 'ldp']),
  paloalto: {
    ...services('paloalto', ['globalprotect']),
    categories: { appliance: [unmarked('paloalto/globalprotect')], file_event: [unmarked('paloalto/globalprotect')] },
  },
  qualys: services('qualys', []),
};

/** RPC Firewall writes into an event log of its own, whose name rules call `EventLog`: https://github.com/zeronetworks/rpcfirewall */
function rpcFirewall(): readonly EventKind[] {
  return [
    { name: 'RPCFW', stream: 'windows', channel: 'RPCFW', eventIds: [], fields: { EventLog: 'Channel' } },
    unmarked('rpc_firewall'),
  ];
}

/** Categories and services that Sigma uses without a product, or with any. */
export const anyProduct: Pick<Product, 'categories' | 'services'> = {
  categories: {
    antivirus: [defender(), unmarked('antivirus')],
    database: [unmarked('database')],
    dns: [unmarked('dns'), format('zeek.dns', 'zeek')],
    firewall: [unmarked('firewall')],
    proxy: [unmarked('proxy')],
    webserver: [unmarked('webserver')],
  },
  services: {
    apache: [unmarked('apache')],
    netflow: [unmarked('netflow')],
    nginx: [unmarked('nginx')],
  },
};

/**
 * Microsoft Defender's own events as an antivirus log: those that name a threat or a path.
 * https://learn.microsoft.com/defender-endpoint/troubleshoot-microsoft-defender-antivirus
 */
function defender(): EventKind {
  return {
    name: 'windefend detections',
    stream: 'windows',
    channel: 'Microsoft-Windows-Windows Defender/Operational',
    eventIds: [1006, 1007, 1008, 1009, 1010, 1011, 1012, 1017, 1018, 1019, 1115, 1116],
    fields: { Signature: 'ThreatName', Filename: 'Path' },
  };
}
