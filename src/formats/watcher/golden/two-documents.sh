curl -sS -XPUT -H 'Content-Type: application/json' --data-binary @- 'http://localhost:9200/_watcher/watch/00000000-0000-4000-8000-000000000090' <<'EOF'
{
  "metadata": {
    "title": "Two documents under one title",
    "rule": "00000000-0000-4000-8000-000000000090",
    "author": "Assay project",
    "license": "Apache-2.0",
    "subject": "Sigma rule 'Two documents under one title'"
  },
  "trigger": {
    "schedule": {
      "interval": "5m"
    }
  },
  "input": {
    "search": {
      "request": {
        "indices": [
          "winlogbeat-*"
        ],
        "body": {
          "size": 100,
          "query": {
            "bool": {
              "must": [
                {
                  "query_string": {
                    "query": "(((winlog.channel:\"Microsoft-Windows-Sysmon/Operational\" AND winlog.event_id:1) OR (winlog.channel:\"Security\" AND winlog.event_id:4688)) AND winlog.event_data.Hashes:/.*[iI][mM][pP][hH][aA][sSſ][hH]=0123456789[aA][bB][cC][dD][eE][fF]0123456789[aA][bB][cC][dD][eE][fF].*/)"
                  }
                }
              ],
              "filter": [
                {
                  "range": {
                    "@timestamp": {
                      "gte": "now-6m"
                    }
                  }
                }
              ]
            }
          }
        }
      }
    }
  },
  "condition": {
    "compare": {
      "ctx.payload.hits.total": {
        "gt": 0
      }
    }
  },
  "actions": {
    "send_email": {
      "email": {
        "to": [
          "root@localhost"
        ],
        "subject": "{{{ctx.metadata.subject}}}",
        "body": "Hits: {{ctx.payload.hits.total}}\n{{#ctx.payload.hits.hits}}{{{_source}}}\n========\n{{/ctx.payload.hits.hits}}",
        "attachments": {
          "data.json": {
            "data": {
              "format": "json"
            }
          }
        }
      }
    }
  }
}
EOF

curl -sS -XPUT -H 'Content-Type: application/json' --data-binary @- 'http://localhost:9200/_watcher/watch/00000000-0000-4000-8000-000000000090-2' <<'EOF'
{
  "metadata": {
    "title": "Two documents under one title",
    "rule": "00000000-0000-4000-8000-000000000090",
    "author": "Assay project",
    "license": "Apache-2.0",
    "subject": "Sigma rule 'Two documents under one title'"
  },
  "trigger": {
    "schedule": {
      "interval": "5m"
    }
  },
  "input": {
    "search": {
      "request": {
        "indices": [
          "winlogbeat-*"
        ],
        "body": {
          "size": 100,
          "query": {
            "bool": {
              "must": [
                {
                  "query_string": {
                    "query": "(winlog.channel:\"Microsoft-Windows-Sysmon/Operational\" AND winlog.event_id:11 AND winlog.event_data.TargetFilename:/[cC]:\\\\[wW][iI][nN][dD][oO][wW][sSſ]\\\\[tT][eE][mM][pP]\\\\[dD][uU][mM][pP]\\.[bB][iI][nN]/)"
                  }
                }
              ],
              "filter": [
                {
                  "range": {
                    "@timestamp": {
                      "gte": "now-6m"
                    }
                  }
                }
              ]
            }
          }
        }
      }
    }
  },
  "condition": {
    "compare": {
      "ctx.payload.hits.total": {
        "gt": 0
      }
    }
  },
  "actions": {
    "send_email": {
      "email": {
        "to": [
          "root@localhost"
        ],
        "subject": "{{{ctx.metadata.subject}}}",
        "body": "Hits: {{ctx.payload.hits.total}}\n{{#ctx.payload.hits.hits}}{{{_source}}}\n========\n{{/ctx.payload.hits.hits}}",
        "attachments": {
          "data.json": {
            "data": {
              "format": "json"
            }
          }
        }
      }
    }
  }
}
EOF
