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

A format that the content contradicts.

  $ jets quantised tagger.onnx
  $ lutra compile tagger.onnx --format h5 -o design
  error[E0301]: tagger.onnx: the content says ONNX, the given format HDF5
    help: leave the format out, so that the content decides
  [1]
  $ lutra run tagger.onnx --format lutra --input absent.npy
  error[E0301]: tagger.onnx: the content says ONNX, the given format Lutra graph
    help: leave the format out, so that the content decides
  [1]
  $ lutra convert tagger.onnx --format keras-json tagger.lutra
  error[E0301]: tagger.onnx: the content says ONNX, the given format Keras JSON
    help: leave the format out, so that the content decides
  [1]
  $ lutra inspect tagger.onnx --model-format pt2
  error[E0301]: tagger.onnx: the content says ONNX, the given format torch.export
    help: leave the format out, so that the content decides
  [1]
  $ lutra convert -q tagger.onnx tagger.lutra && lutra inspect tagger.lutra --model-format onnx
  error[E0301]: tagger.lutra: the content says Lutra graph, the given format ONNX
    help: leave the format out, so that the content decides
  [1]
  $ keras keras3_dense net.keras
  $ lutra inspect net.keras --model-format onnx
  error[E0301]: net.keras: the content says Keras 3 archive, the given format ONNX
    help: leave the format out, so that the content decides
  [1]
  $ lutra compile -q tagger.onnx -o design && lutra inspect design --model-format lutra; lutra run design --format onnx --input absent.npy
  error[E0301]: design: the content says design folder, the given format Lutra graph
    help: leave the format out, so that the content decides
  error[E0301]: design: the content says design folder, the given format ONNX
    help: leave the format out, so that the content decides
  [1]
  $ lutra inspect design/circuit.lutra --model-format lutra
  error[E0301]: design/circuit.lutra: the content says Lutra circuit, the given format Lutra graph
    help: leave the format out, so that the content decides
  [1]
