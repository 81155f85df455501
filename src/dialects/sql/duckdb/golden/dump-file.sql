SELECT * FROM events WHERE regexp_matches("Channel", '(?i)^microsoft-windows-sysmon/operational$') AND "EventID" = '11' AND regexp_matches("TargetFilename", '(?i)^c:\\windows\\temp\\dump\.bin$')
