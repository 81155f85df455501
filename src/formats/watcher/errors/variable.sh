curl -XPUT localhost:9200/_watcher/watch/x -d @- <<EOF
{"metadata": {"title": "ADMIN$"}, "input": {"search": {"request": {"body": {"query": {"query_string": {"query": "a:$ADMIN"}}}}}}}
EOF
