SELECT * FROM events WHERE regexp_matches("Channel", '(?i)^security$') AND "EventID" = '4625' AND regexp_matches("SubStatus", '(?i)^0xc000006a$') AND "Status" = '0' AND "LogonProcessName" = '01'
