curl -XPUT localhost:9200/_watcher/watch/x -d @- <<EOF
{"input": {"search": {"request": {"body": {"query": {"query_string": {"query": "a:$(id)"}}}}}}}
EOF
