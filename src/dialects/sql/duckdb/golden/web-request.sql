SELECT * FROM events WHERE regexp_matches("cs-method", '(?i)^get$') AND ("cs-uri-query" LIKE '%../%' OR regexp_matches("cs-uri-query", '(?i)%2e%2e')) AND "sc-status" = '200'
