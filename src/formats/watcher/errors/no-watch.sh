curl localhost:9200/_cat/indices
