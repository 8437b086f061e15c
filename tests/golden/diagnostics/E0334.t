Configurations that are no model, or whose layers do not fit together.

  $ echo '{"class_name": "Tagger", "config": {}}' >model.json
  $ lutra inspect model.json
  error[E0334]: model.json: its class is 'Tagger'; Functional, Model and Sequential are read
    help: subclassed models have no layers in the file: build the model with the functional API and save it
  [1]
  $ echo '{"class_name": "Sequential", "config": {"layers": []}}' >empty.json
  $ lutra inspect empty.json
  error[E0334]: empty.json: it has no layers
    help: save the model again
  [1]
  $ keras hgq_dense model.keras '"keras_history": ["q_dense"' '"keras_history": ["q_danse"'
  $ lutra inspect model.keras
  error[E0334]: model.keras: layer 'q_dense_1': it reads a tensor that no layer makes, or its own output
    help: save the model again
  [1]
