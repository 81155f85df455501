# Each line is read and printed again, and has to come back as it is.
SELECT * FROM events WHERE TRUE
SELECT * FROM events WHERE FALSE
SELECT * FROM events WHERE "EventID" = '4688'
SELECT * FROM events WHERE "EventID" IN ('1', '4688')
SELECT * FROM events WHERE "Image" IS NOT NULL
SELECT * FROM events WHERE "Image" IS NULL
SELECT * FROM events WHERE "Image" = ''
SELECT * FROM events WHERE "Image" = 'it''s'
SELECT * FROM events WHERE "Image" = E'a\nb\\c'
SELECT * FROM events WHERE "Image" LIKE 'C:\%'
SELECT * FROM events WHERE "Image" LIKE '%.exe'
SELECT * FROM events WHERE "Image" LIKE '%a_b%'
SELECT * FROM events WHERE "Image" LIKE '%100$%$_$$%' ESCAPE '$'
SELECT * FROM events WHERE regexp_matches("Image", '(?i)\\cmd\.exe$')
SELECT * FROM events WHERE regexp_matches("Image", '(?i)^c:\\windows')
SELECT * FROM events WHERE regexp_matches("Image", '(?is)^a.b.*c$')
SELECT * FROM events WHERE regexp_matches("CommandLine", 'a|b+[0-9]{1,3}')
SELECT * FROM events WHERE regexp_matches("CommandLine", '^.*x')
SELECT * FROM events WHERE regexp_matches("CommandLine", '\bfoo\b')
SELECT * FROM events WHERE "a" = '1' AND "b" = '2'
SELECT * FROM events WHERE "a" = '1' OR "b" = '2'
SELECT * FROM events WHERE ("a" = '1' AND "b" = '2') OR ("c" = '3' AND "d" = '4')
SELECT * FROM events WHERE ("a" = '1' OR "b" = '2') AND ("c" = '3' OR "d" = '4')
SELECT * FROM events WHERE "a" = '1' AND NOT COALESCE("b" = '2', FALSE)
SELECT * FROM events WHERE NOT (COALESCE("a" = '1', FALSE) OR COALESCE("b" = '2', FALSE))
SELECT * FROM events WHERE NOT ("a" IS NOT NULL AND COALESCE("b" = '2', FALSE))
SELECT * FROM events WHERE NOT COALESCE("a" IN ('1', '2'), FALSE)
SELECT * FROM events WHERE "user name" = 'x'
SELECT * FROM events WHERE "a""b" = 'x'
SELECT * FROM events WHERE "a" = "b"
SELECT * FROM events WHERE lower("a") = lower("b")
SELECT * FROM events WHERE contains("a", "b")
SELECT * FROM events WHERE starts_with(lower("a"), lower("b"))
SELECT * FROM events WHERE ends_with("a", "b")
SELECT * FROM events WHERE list_contains("Data", 'x')
SELECT * FROM events WHERE len(list_filter("Data", lambda v: regexp_matches(v, '(?i)x'))) > 0
SELECT * FROM events WHERE NOT COALESCE(len(list_filter("Data", lambda v: v LIKE 'a%')) > 0, FALSE)
SELECT * FROM events WHERE len(list_filter(flatten([json_extract_string(json_merge_patch(to_json(events), '{"Data":null}'), '$.*'), COALESCE("Data", [])]), lambda v: regexp_matches(v, '(?i)mimikatz'))) > 0
SELECT * FROM events WHERE TRY_CAST(regexp_extract("Size", '^[\s\x0b\pZ\x{feff}]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?)[\s\x0b\pZ\x{feff}]*$', 1) AS DOUBLE) >= 5
