# Conditions on fields, as they are printed; letters that fold are small here, since an expression does not keep their case.
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"Image": ?"(?i:C:\\\\Windows\\\\cmd\.exe)")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"Image": ?"(?:[^"\\]|\\u.{4}|\\[^u])*(?i:\\\\lsass\.exe)")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"CommandLine": ?"(?:[^"\\]|\\u.{4}|\\[^u])*(?i:comsvcs\.dll,#24|comsvcs\.dll,MiniDump))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"CommandLine": ?"(?i:rundll32))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"User": ?"Admin")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"EventID": ?(?:"11"|11(?=[ ,\]}])))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"EventID": ?(?:"(?:1|10)"|1(?=[ ,\]}])|10(?=[ ,\]}])))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"Image": ?"(?i:a))(?!.*[ ,{]"Image": ?"(?i:ab))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?!.*[ ,{]"User": ?["\-\dft])' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"User": ?["\-\dft])(?=.*[ ,{]"Image":)' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"User": ?"")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?:(?=.*[ ,{]"a": ?"(?i:x)")|(?=.*[ ,{]"b": ?"(?i:y)"))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?:(?=.*[ ,{]"a": ?"(?i:x)")(?=.*[ ,{]"b": ?"(?i:y)")|(?!.*[ ,{]"c":))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?!(?=.*[ ,{]"a": ?"(?i:x)")(?=.*[ ,{]"b": ?"(?i:y)"))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"a": ?"(?i:(?>(?:[^"\\]|\\u.{4}|\\[^u])*?x)(?:[^"\\]|\\u.{4}|\\[^u])*y))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"a": ?"(?i:x(?:[^"\\]|\\u.{4}|\\[^u])y)")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"a": ?"(?:[^"\\]|\\u.{4}|\\[^u])*(?i:\\"quoted\\" it'\''s))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"a": ?"(?:[^"\\]|\\u.{4}|\\[^u])*\\r\\n)' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"Data": ?(?:\[(?:[^"\]]|"(?:[^"\\]|\\u.{4}|\\[^u])*+")*)?"(?i:x)")' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=(?:[^"]|"(?:[^"\\]|\\u.{4}|\\[^u])*+")*"(?:[^"\\]|\\u.{4}|\\[^u])*(?i:mimikatz)(?:[^"\\]|\\u.{4}|\\[^u])*+"(?! ?:))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"CommandLine": ?"(?:[^"\\]|\\u.{4}|\\[^u])*\w+\.ps1(?=(?:\\n)?"))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"ip": ?(?:"127\.0\.0\.1"|127\.0\.0\.1(?=[ ,\]}])))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?!)' events.ndjson
# The line as a whole, as other converters write it.
LC_ALL=C.UTF-8 grep -P 'mimikatz' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*(?:11))(?=.*(?:dumpert\.dmp))' events.ndjson
LC_ALL=C.UTF-8 grep -P '^(?=.*[ ,{]"a": ?"(?i:x)")(?!.*(?:mimikatz))' events.ndjson
