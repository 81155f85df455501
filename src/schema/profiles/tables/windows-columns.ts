import { columns } from './columns.ts';

/** The security log: https://learn.microsoft.com/azure/azure-monitor/reference/tables/securityevent */
export const securityEvent = columns(
  'AccessMask Account AccountDomain AccountExpires AccountName AccountSessionIdentifier AccountType Activity',
  'AdditionalInfo AdditionalInfo2 AllowedToDelegateTo Attributes AuditPolicyChanges AuditsDiscarded:int',
  'AuthenticationLevel:int AuthenticationPackageName AuthenticationProvider AuthenticationServer',
  'AuthenticationService:int AuthenticationType AzureDeploymentID CACertificateHash CalledStationID',
  'CallerProcessId CallerProcessName CallingStationID CAPublicKeyHash CategoryId CertificateDatabaseHash',
  'Channel ClassId ClassName ClientAddress ClientIPAddress ClientName CommandLine CompatibleIds Computer',
  'DCDNSName DeviceDescription DeviceId DisplayName Disposition DomainBehaviorVersion DomainName',
  'DomainPolicyChanged DomainSid EAPType ElevatedToken ErrorCode:int EventData EventID:int EventSourceName',
  'ExtendedQuarantineState FailureReason FileHash FilePath FilePathNoUser Filter ForceLogoff Fqbn',
  'FullyQualifiedSubjectMachineName FullyQualifiedSubjectUserName GroupMembership HandleId HardwareIds',
  'HomeDirectory HomePath InterfaceUuid IpAddress IpPort KeyLength:int Level LmPackageName LocationInformation',
  'LockoutDuration LockoutObservationWindow LockoutThreshold LoggingResult LogonGuid LogonHours LogonID',
  'LogonProcessName LogonType:int LogonTypeName MachineAccountQuota MachineInventory MachineLogon',
  'ManagementGroupName MandatoryLabel MaxPasswordAge MemberName MemberSid MinPasswordAge MinPasswordLength',
  'MixedDomainMode NASIdentifier NASIPv4Address NASIPv6Address NASPort NASPortType NetworkPolicyName NewDate',
  'NewMaxUsers NewProcessId NewProcessName NewRemark NewShareFlags NewTime NewUacValue NewValue NewValueType',
  'ObjectName ObjectServer ObjectType ObjectValueName OemInformation OldMaxUsers OldRemark OldShareFlags',
  'OldUacValue OldValue OldValueType OperationType PackageName ParentProcessName PasswordHistoryLength',
  'PasswordLastSet PasswordProperties PreviousDate PreviousTime PrimaryGroupId PrivateKeyUsageCount',
  'PrivilegeList Process ProcessId ProcessName ProfilePath Properties ProtocolSequence ProxyPolicyName',
  'QuarantineHelpURL QuarantineSessionID QuarantineSessionIdentifier QuarantineState',
  'QuarantineSystemHealthResult RelativeTargetName RemoteIpAddress RemotePort Requester RequestId',
  'RestrictedAdminMode RowsDeleted SamAccountName ScriptPath SecurityDescriptor ServiceAccount ServiceFileName',
  'ServiceName ServiceStartType:int ServiceType SessionName ShareLocalPath ShareName SidHistory',
  'SourceComputerId SourceSystem Status StorageAccount SubcategoryGuid SubcategoryId Subject SubjectAccount',
  'SubjectDomainName SubjectKeyIdentifier SubjectLogonId SubjectMachineName SubjectMachineSID SubjectUserName',
  'SubjectUserSid SubStatus TableId TargetAccount TargetDomainName TargetInfo TargetLinkedLogonId',
  'TargetLogonGuid TargetLogonId TargetOutboundDomainName TargetOutboundUserName TargetServerName TargetSid',
  'TargetUser TargetUserName TargetUserSid Task:int TemplateContent TemplateDSObjectFQDN TemplateInternalName',
  'TemplateOID TemplateSchemaVersion TemplateVersion TimeGenerated:datetime TokenElevationType',
  'TransmittedServices Type UserAccountControl UserParameters UserPrincipalName UserWorkstations VendorIds',
  'VirtualAccount Workstation WorkstationName',
);

/** Any Windows event log, as Windows Event Forwarding brings it: https://learn.microsoft.com/azure/azure-monitor/reference/tables/windowsevent */
export const windowsEvent = columns(
  'Channel Computer Correlation EventData:dynamic EventID:int EventLevel:int EventLevelName EventOriginId',
  'EventRecordId Keywords ManagementGroupName Opcode Provider RawEventData SystemProcessId:int',
  'SystemThreadId:int SystemUserId Task:int TenantId TimeGenerated:datetime Type Version:int',
);
