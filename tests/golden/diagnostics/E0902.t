Folders that lutra compile has not made, or whose report was changed.

  $ mkdir folder
  $ lutra simulate folder
  error[E0902]: folder: there is no report.json in this folder
    help: make one with lutra compile MODEL -o DIR
  [1]
  $ echo '{' >folder/report.json
  $ lutra simulate folder 2>&1 | sed 's/ \[json.*//'
  error[E0902]: folder/report.json: the report cannot be read:
    help: run lutra compile again
