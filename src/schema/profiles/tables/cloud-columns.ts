import { columns } from './columns.ts';

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/auditlogs */
export const auditLogs = columns(
  'AADOperationType AADTenantId ActivityDateTime:datetime ActivityDisplayName AdditionalDetails:dynamic',
  'Category CorrelationId DurationMs:long Id Identity InitiatedBy:dynamic Level Location LoggedByService',
  'OperationName OperationVersion Resource ResourceGroup ResourceId ResourceProvider Result ResultDescription',
  'ResultReason ResultSignature ResultType SourceSystem TargetResources:dynamic TenantId TimeGenerated:datetime',
  'Type',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/azureactivity */
export const azureActivity = columns(
  'ActivityStatus ActivityStatusValue ActivitySubstatus ActivitySubstatusValue Authorization',
  'Authorization_d:dynamic Caller CallerIpAddress Category CategoryValue Claims Claims_d:dynamic CorrelationId',
  'EventDataId EventSubmissionTimestamp:datetime Hierarchy HTTPRequest Level OperationId OperationName',
  'OperationNameValue Properties Properties_d:dynamic Resource ResourceGroup ResourceId ResourceProvider',
  'ResourceProviderValue SourceSystem SubscriptionId TenantId TimeGenerated:datetime Type _ResourceId',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/signinlogs */
export const signinLogs = columns(
  'AppDisplayName AppId AuthenticationDetails AuthenticationRequirement Category ClientAppUsed',
  'ConditionalAccessPolicies:dynamic ConditionalAccessStatus CorrelationId CreatedDateTime:datetime',
  'DeviceDetail:dynamic DurationMs:long HomeTenantId Id Identity IPAddress IsInteractive:bool IsRisky:bool',
  'Level Location LocationDetails:dynamic OperationName ResourceDisplayName ResourceId ResourceIdentity',
  'ResourceTenantId ResultDescription ResultSignature ResultType RiskDetail RiskEventTypes RiskLevelAggregated',
  'RiskLevelDuringSignIn RiskState ServicePrincipalId ServicePrincipalName SourceSystem Status:dynamic TenantId',
  'TimeGenerated:datetime TokenIssuerName TokenIssuerType Type UserAgent UserDisplayName UserId',
  'UserPrincipalName UserType',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/aaduserriskevents */
export const userRiskEvents = columns(
  'Activity ActivityDateTime:datetime AdditionalInfo:dynamic CorrelationId DetectedDateTime:datetime',
  'DetectionTimingType Id IpAddress LastUpdatedDateTime:datetime Location:dynamic OperationName RequestId',
  'RiskDetail RiskEventType RiskLevel RiskState Source TimeGenerated:datetime TokenIssuerType Type',
  'UserDisplayName UserId UserPrincipalName',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/officeactivity */
export const officeActivity = columns(
  'AADTarget AppId Application ClientIP ElevationTime:datetime ExtendedProperties ExternalAccess',
  'LogonUserDisplayName OfficeId OfficeObjectId OfficeWorkload Operation OperationProperties:dynamic',
  'OrganizationId Parameters RecordType ResultReasonType ResultStatus Site_Url SourceFileExtension',
  'SourceFileName TargetUserOrGroupName TimeGenerated:datetime Type UserAgent UserId UserKey UserType',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/awscloudtrail */
export const awsCloudTrail = columns(
  'AdditionalEventData APIVersion AwsEventId AWSRegion AwsRequestId_ Category ErrorCode ErrorMessage EventName',
  'EventSource EventTypeName EventVersion ManagementEvent:bool ReadOnly:bool RecipientAccountId',
  'RequestParameters Resources ResponseElements ServiceEventDetails SessionIssuerAccountId SessionIssuerArn',
  'SessionIssuerPrincipalId SessionIssuerType SessionIssuerUserName SessionMfaAuthenticated:bool',
  'SourceIpAddress SourceSystem TenantId TimeGenerated:datetime Type UserAgent UserIdentityAccessKeyId',
  'UserIdentityAccountId UserIdentityArn UserIdentityInvokedBy UserIdentityPrincipalid UserIdentityType',
  'UserIdentityUserName VpcEndpointId',
);

/** https://learn.microsoft.com/azure/azure-monitor/reference/tables/w3ciislog */
export const w3cIisLog = columns(
  'AzureDeploymentID Computer cIP csBytes:long csCookie csHost csMethod csReferer csUriQuery csUriStem',
  'csUserAgent csUserName csVersion FileOffset FileUri Role sComputerName sIP sPort:int sSiteName scBytes:long',
  'scStatus scSubStatus scWin32Status SourceSystem StorageAccount TimeGenerated:datetime TimeTaken:long Type',
);
