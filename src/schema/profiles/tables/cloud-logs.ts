import { tableField } from '../../profile.ts';
import type { Mapping, Table, Telling } from '../../profile.ts';
import * as columns from './cloud-columns.ts';

type Mappings = Readonly<Record<string, Mapping>>;

/** A log that Sigma names by format, and as unmarked where it may come in other forms. */
interface CloudLog {
  readonly kinds: readonly string[];
  readonly table: string;
  readonly columns: Table['columns'];
  /** What rules call otherwise than the table. */
  readonly names: Mappings;
}

const loose = (name: string) => [name, `${name}, unmarked`];

const logs: readonly CloudLog[] = [
  {
    kinds: loose('azure.auditlogs'),
    table: 'AuditLogs',
    columns: columns.auditLogs,
    names: {
      activityType: 'OperationName',
      category: 'Category',
      operationName: 'OperationName',
      'properties.message': 'OperationName',
      'properties.targetResources': 'TargetResources',
      Status: 'Result',
    },
  },
  {
    kinds: loose('azure.activitylogs'),
    table: 'AzureActivity',
    columns: columns.azureActivity,
    names: { operationName: 'OperationNameValue', ResourceId: '_ResourceId' },
  },
  {
    kinds: loose('azure.signinlogs'),
    table: 'SigninLogs',
    columns: columns.signinLogs,
    names: {
      ClientApp: 'ClientAppUsed',
      'DeviceDetail.isCompliant': 'DeviceDetail.isCompliant',
      userAgent: 'UserAgent',
      Username: 'UserPrincipalName',
    },
  },
  {
    kinds: loose('azure.riskdetection'),
    table: 'AADUserRiskEvents',
    columns: columns.userRiskEvents,
    names: { riskEventType: 'RiskEventType' },
  },
  {
    kinds: loose('m365'),
    table: 'OfficeActivity',
    columns: columns.officeActivity,
    names: { ApplicationId: 'AppId', ObjectId: 'OfficeObjectId', Workload: 'OfficeWorkload' },
  },
  {
    kinds: ['aws.cloudtrail'],
    table: 'AWSCloudTrail',
    columns: columns.awsCloudTrail,
    names: {
      errorCode: 'ErrorCode',
      errorMessage: 'ErrorMessage',
      eventName: 'EventName',
      eventSource: 'EventSource',
      eventType: 'EventTypeName',
      requestParameters: 'RequestParameters',
      responseElements: 'ResponseElements',
      sourceIPAddress: 'SourceIpAddress',
      userAgent: 'UserAgent',
      'userIdentity.arn': 'UserIdentityArn',
      'userIdentity.sessionContext.sessionIssuer.type': 'SessionIssuerType',
      'userIdentity.type': 'UserIdentityType',
    },
  },
  {
    kinds: ['webserver'],
    table: 'W3CIISLog',
    columns: columns.w3cIisLog,
    names: {
      'c-ip': 'cIP',
      'cs-cookie': 'csCookie',
      'cs-host': 'csHost',
      'cs-method': 'csMethod',
      'cs-referer': 'csReferer',
      'cs-uri-query': 'csUriQuery',
      'cs-uri-stem': 'csUriStem',
      'cs-user-agent': 'csUserAgent',
      'cs-username': 'csUserName',
      'sc-status': 'scStatus',
    },
  },
];

/** The tables of logs that are no Windows events. Rules may call fields as the columns are called. */
export const cloudTables: Readonly<Record<string, Table>> = Object.fromEntries(
  logs.map(({ table, columns: of, names }) => {
    const same = Object.keys(of).map((name) => [name, name] as const);
    return [table, { columns: of, fields: { ...Object.fromEntries(same), ...names }, prefix: null }];
  }),
);

/** The table of each kind of event. */
export const cloudLogs: Readonly<Record<string, Telling>> = Object.fromEntries(
  logs.flatMap(({ kinds, table }) => kinds.map((kind) => [kind, { [tableField]: table }])),
);
