Contents that are no model.

  $ echo 'x,y' >table.csv
  $ lutra inspect table.csv
  error[E0301]: table.csv: the content is no model that Lutra knows
    help: convert the model to ONNX
  [1]
  $ : >empty.onnx
  $ lutra inspect empty.onnx
  error[E0301]: empty.onnx: the content is no model that Lutra knows
    help: convert the model to ONNX
  [1]
