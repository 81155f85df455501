curl -s -XPUT -H 'Content-Type: application/json' --data-binary @- localhost:9200/_watcher/watch/x <<EOF
{"input": {"search": {"request": {"body": {"query": {"query_string": {"query": "a:x\\-y"}}}}}}}
EOF
