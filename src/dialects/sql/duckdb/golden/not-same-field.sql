SELECT * FROM events WHERE regexp_matches("Channel", '(?i)^security$') AND "EventID" = '4648' AND NOT COALESCE(lower("TargetUserName") = lower("SubjectUserName"), FALSE)
