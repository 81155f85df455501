curl -XPUT es/_watcher/watch/x -d @- <<'EOF'
{}
