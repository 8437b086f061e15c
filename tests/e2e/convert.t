The text form and back: the same graph.

  $ jets quantised tagger.onnx
  $ lutra convert tagger.onnx tagger.lutra
  tagger.onnx: 12 layers written to tagger.lutra
  $ lutra convert -q tagger.lutra again.lutra
  $ sed '/^#/d' tagger.lutra >a && sed '/^#/d' again.lutra | cmp - a
  $ lutra convert --json tagger.onnx tagger.lutra | keys
  layers

And the same numbers.

  $ X=$LUTRA_SOURCE/examples/jets/data/jets_x.npy
  $ lutra run -q tagger.onnx --input "$X" --output a.npy && lutra run -q tagger.lutra --input "$X" --output b.npy && cmp a.npy b.npy
