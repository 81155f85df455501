curl -sS -XPUT -H 'Content-Type: application/json' --data-binary @- 'http://localhost:9200/_watcher/watch/00000000-0000-4000-8000-000000000001' <<'EOF'
{
  "metadata": {
    "title": "Memory dump by ordinal",
    "rule": "00000000-0000-4000-8000-000000000001",
    "author": "Assay project",
    "license": "Apache-2.0",
    "subject": "Sigma rule 'Memory dump by ordinal'"
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
                    "query": "(((winlog.channel:\"Microsoft-Windows-Sysmon/Operational\" AND winlog.event_id:1) OR (winlog.channel:\"Security\" AND winlog.event_id:4688)) AND winlog.event_data.CommandLine:(/.*[cC][oO][mM][sSſ][vV][cC][sSſ]\\.[dD][lL][lL],\\#24.*/ OR /.*[cC][oO][mM][sSſ][vV][cC][sSſ]\\.[dD][lL][lL],[mM][iI][nN][iI][dD][uU][mM][pP].*/))"
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
