A code that no diagnostic has.

  $ lutra explain E9999
  error[E0903]: E9999: no diagnostic has the id 'E9999'
    help: lutra explain lists all ids
  [2]
