SELECT * FROM events WHERE regexp_matches("Channel", '(?i)^microsoft-windows-sysmon/operational$') AND "EventID" IN ('23', '26') AND lower("TargetFilename") = lower("Image")
