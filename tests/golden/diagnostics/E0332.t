A configuration that is cut off, and one that is nested too deeply.

  $ echo '{"class_name": "Sequential", "config": {"layers": [' >model.json
  $ lutra inspect model.json
  error[E0332]: model.json: byte 53: it is no JSON from here on
    help: save the model again
  [1]
  $ python3 -c 'print("{\"a\":" + "[" * 1000000)' >deep.json
  $ lutra inspect deep.json
  error[E0332]: deep.json: it is nested more than 128 deep
    help: save the model again
  [1]
