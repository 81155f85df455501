SELECT * FROM events WHERE regexp_matches("Channel", '(?i)^security$') AND "EventID" = '4656' AND regexp_matches("ObjectType", '(?i)^process$') AND regexp_matches("AccessMask", '(?i)^0x1fffff$')
