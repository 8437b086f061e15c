An architecture without weights.

  $ cat >model.json <<END
  > {"class_name": "Sequential", "config": {"name": "net", "layers": [
  >   {"class_name": "Dense", "config": {"name": "fc1", "units": 4, "batch_input_shape": [null, 16]}}
  > ]}}
  > END
  $ lutra inspect model.json
  error[E0338]: model.json: this is the architecture of a model; its weights are not beside it ('model_weights.h5')
    help: give them with --weights FILE.h5
  [1]
  $ lutra inspect model.json --weights absent.h5
  error[E0101]: absent.h5: the file does not exist
    help: check the path
  [1]
