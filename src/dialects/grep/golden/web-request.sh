LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"cs-method": ?"(?i:GET)")(?=.*[ ,{]"cs-uri-query": ?"(?:[^"\\]|\\u.{4}|\\[^u])*(?i:\.\./|%2e%2e))(?=.*[ ,{]"sc-status": ?(?:"200"|200(?=[ ,\]}])))' events.ndjson
