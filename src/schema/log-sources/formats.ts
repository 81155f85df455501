import { evaluate } from '../../ir/evaluate.ts';
import type { Event } from '../../ir/event.ts';
import { scalarsOf } from '../../ir/event.ts';
import { many } from '../../ir/pattern.ts';
import type { Pattern } from '../../ir/pattern.ts';
import { all, any } from '../../ir/predicate.ts';
import type { Predicate } from '../../ir/predicate.ts';

/** A log format that an event gives away by its own shape, whatever it is called and wherever it lies. */
export interface Format {
  readonly name: string;
  readonly title: string;
  /** The vendor's description of the format. */
  readonly reference: string;
  /** Holds of an event in this format, in the format's own names. */
  readonly mark: Predicate;
}

/** Kinds of records of the Linux audit system; the families are open, the single ones are those that audit by default. */
const auditRecords: readonly Pattern[] = [
  ...['ADD', 'ANOM', 'CRED', 'CRYPTO', 'DAEMON', 'DEL', 'INTEGRITY', 'SERVICE', 'SYSTEM', 'USER', 'GRP', 'ROLE'].map(
    (family): Pattern => [`${family}_`, many],
  ),
  ...['SYSCALL', 'EXECVE', 'PATH', 'CWD', 'PROCTITLE', 'SOCKADDR', 'AVC', 'LOGIN', 'TTY', 'BPF', 'SECCOMP'].map(
    (one): Pattern => [one],
  ),
  ...['KERN_MODULE', 'NETFILTER_CFG', 'CONFIG_CHANGE', 'OBJ_PID', 'MMAP', 'CAPSET', 'BPRM_FCAPS', 'FD_PAIR'].map(
    (one): Pattern => [one],
  ),
];

/**
 * The formats, the more particular first: the first whose mark holds is the event's. Marks ask for fields that the
 * vendor writes into every record and that, together, nobody else does.
 */
export const formats: readonly Format[] = [
  {
    name: 'aws.cloudtrail',
    title: 'AWS CloudTrail',
    reference:
      'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html',
    mark: all([has('eventName'), any([fits('eventSource', [many, '.amazonaws.com']), has('eventVersion')])]),
  },
  {
    name: 'kubernetes.audit',
    title: 'Kubernetes API server audit log',
    reference: 'https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/',
    mark: any([fits('apiVersion', ['audit.k8s.io/', many]), all([has('objectRef'), has('verb')])]),
  },
  {
    name: 'gcp.audit',
    title: 'Google Cloud audit log, Google Workspace included',
    reference: 'https://cloud.google.com/logging/docs/reference/audit/auditlog/rest/Shared.Types/AuditLog',
    mark: any([has('protoPayload'), has('data.protoPayload'), has('gcp.audit')]),
  },
  {
    name: 'okta.system',
    title: 'Okta System Log',
    reference: 'https://developer.okta.com/docs/reference/api/system-log/',
    mark: all([has('eventType'), any([has('debugContext'), has('securityContext'), has('legacyEventType')])]),
  },
  {
    name: 'bitbucket.audit',
    title: 'Bitbucket audit log',
    reference: 'https://confluence.atlassian.com/bitbucketserver/audit-log-events-776640423.html',
    mark: any([has('auditType.category'), has('auditType.action')]),
  },
  {
    name: 'github.audit',
    title: 'GitHub organisation audit log',
    reference:
      'https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization',
    mark: all([has('action'), has('actor'), any([has('_document_id'), has('org'), has('business'), has('repo')])]),
  },
  {
    name: 'm365',
    title: 'Microsoft 365 audit log',
    reference: 'https://learn.microsoft.com/office/office-365-management-api/office-365-management-activity-api-schema',
    mark: any([
      all([has('Operation'), any([has('Workload'), has('RecordType')])]),
      all([has('eventName'), fits('eventSource', ['SecurityComplianceCenter'])]),
    ]),
  },
  {
    name: 'azure.signinlogs',
    title: 'Microsoft Entra sign-in log',
    reference: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs',
    mark: any([fits('category', [many, 'SignInLogs']), fits('Category', [many, 'SignInLogs'])]),
  },
  {
    name: 'azure.auditlogs',
    title: 'Microsoft Entra audit log',
    reference: 'https://learn.microsoft.com/azure/azure-monitor/reference/tables/auditlogs',
    mark: any([fits('category', ['AuditLogs']), fits('Category', ['AuditLogs']), has('LoggedByService')]),
  },
  {
    name: 'azure.riskdetection',
    title: 'Microsoft Entra risk detections',
    reference: 'https://learn.microsoft.com/graph/api/resources/riskdetection',
    mark: has('riskEventType'),
  },
  {
    name: 'azure.activitylogs',
    title: 'Azure activity log',
    reference: 'https://learn.microsoft.com/azure/azure-monitor/platform/activity-log-schema',
    mark: any([
      has('OperationNameValue'),
      all([has('operationName'), any([has('resourceId'), has('ResourceId'), has('resourceUri')])]),
    ]),
  },
  {
    name: 'onelogin.events',
    title: 'OneLogin events',
    reference: 'https://developers.onelogin.com/api-docs/2/events/event-types',
    mark: has('event_type_id'),
  },
  {
    name: 'opencanary',
    title: 'OpenCanary',
    reference: 'https://opencanary.readthedocs.io/en/latest/services/index.html',
    mark: all([has('logtype'), any([has('node_id'), has('logdata'), has('src_host'), has('dst_host')])]),
  },
  {
    name: 'fortigate.event',
    title: 'FortiGate event log',
    reference: 'https://docs.fortinet.com/document/fortigate/latest/fortios-log-message-reference',
    mark: all([has('devid'), any([has('logid'), has('devname')])]),
  },
  {
    name: 'linux.auditd',
    title: 'Linux audit log',
    reference: 'https://github.com/linux-audit/audit-documentation/wiki/SPEC-Audit-Record-Types',
    mark: any(auditRecords.map((pattern) => ({ kind: 'like', field: 'type', pattern, cased: true }))),
  },
];

/**
 * Names the format of an event without channel, or null. Zeek names its log in `_path`: `zeek.dns`; a Zeek record
 * without it, as in its own JSON files, is of the format `zeek`.
 */
export function formatOf(event: Event): string | null {
  const [path] = scalarsOf(event.get('_path'));
  if (path !== undefined && event.get('ts') !== undefined) return `zeek.${path}`;
  if (event.get('uid') !== undefined && event.get('id.orig_h') !== undefined) return 'zeek';
  return formats.find(({ mark }) => evaluate(mark, event))?.name ?? null;
}

function has(field: string): Predicate {
  return { kind: 'exists', field };
}

function fits(field: string, pattern: Pattern): Predicate {
  return { kind: 'like', field, pattern, cased: false };
}
