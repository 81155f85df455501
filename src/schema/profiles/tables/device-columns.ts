import { columns } from './columns.ts';

/** In every table of events of a device; the process that did it goes before. */
const every = columns(
  'InitiatingProcessAccountDomain InitiatingProcessAccountName InitiatingProcessAccountObjectId',
  'InitiatingProcessAccountSid InitiatingProcessAccountUpn InitiatingProcessCommandLine',
  'InitiatingProcessCreationTime:datetime InitiatingProcessFileName InitiatingProcessFileSize:long',
  'InitiatingProcessFolderPath InitiatingProcessId:long InitiatingProcessIntegrityLevel InitiatingProcessMD5',
  'InitiatingProcessParentCreationTime:datetime InitiatingProcessParentFileName InitiatingProcessParentId:long',
  'InitiatingProcessSHA1 InitiatingProcessSHA256 InitiatingProcessTokenElevation',
  'InitiatingProcessVersionInfoCompanyName InitiatingProcessVersionInfoFileDescription',
  'InitiatingProcessVersionInfoInternalFileName InitiatingProcessVersionInfoOriginalFileName',
  'InitiatingProcessVersionInfoProductName InitiatingProcessVersionInfoProductVersion ActionType',
  'AdditionalFields:dynamic AppGuardContainerId DeviceId DeviceName MachineGroup ReportId:long',
  'TimeGenerated:datetime Timestamp:datetime Type',
);

/** Of the file that it was done to. */
const file = columns('FileName FileSize:long FolderPath MD5 SHA1 SHA256');

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceprocessevents-table */
export const deviceProcessEvents = {
  ...every,
  ...file,
  ...columns(
    'AccountDomain AccountName AccountObjectId AccountSid AccountUpn LogonId:long ProcessCommandLine',
    'ProcessCreationTime:datetime ProcessId:long ProcessIntegrityLevel ProcessTokenElevation',
    'ProcessVersionInfoCompanyName ProcessVersionInfoFileDescription ProcessVersionInfoInternalFileName',
    'ProcessVersionInfoOriginalFileName ProcessVersionInfoProductName ProcessVersionInfoProductVersion',
    'InitiatingProcessLogonId:long InitiatingProcessSignatureStatus InitiatingProcessSignerType',
  ),
};

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-devicefileevents-table */
export const deviceFileEvents = {
  ...every,
  ...file,
  ...columns(
    'FileOriginIP FileOriginReferrerUrl FileOriginUrl IsAzureInfoProtectionApplied:bool PreviousFileName',
    'PreviousFolderPath RequestAccountDomain RequestAccountName RequestAccountSid RequestProtocol RequestSourceIP',
    'RequestSourcePort:int SensitivityLabel SensitivitySubLabel ShareName',
  ),
};

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-devicenetworkevents-table */
export const deviceNetworkEvents = {
  ...every,
  ...columns('LocalIP LocalIPType LocalPort:int Protocol RemoteIP RemoteIPType RemotePort:int RemoteUrl'),
};

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceregistryevents-table */
export const deviceRegistryEvents = {
  ...every,
  ...columns(
    'PreviousRegistryKey PreviousRegistryValueData PreviousRegistryValueName RegistryKey RegistryValueData',
    'RegistryValueName RegistryValueType',
  ),
};

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceimageloadevents-table */
export const deviceImageLoadEvents = { ...every, ...file };

/** https://learn.microsoft.com/defender-xdr/advanced-hunting-deviceevents-table */
export const deviceEvents = {
  ...every,
  ...file,
  ...columns(
    'AccountDomain AccountName AccountSid FileOriginIP FileOriginUrl LocalIP LocalPort:int LogonId:long',
    'ProcessCommandLine ProcessCreationTime:datetime ProcessId:long ProcessTokenElevation RegistryKey',
    'RegistryValueData RegistryValueName RemoteDeviceName RemoteIP RemotePort:int RemoteUrl',
    'InitiatingProcessLogonId:long',
  ),
};
